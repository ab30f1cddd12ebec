#!/usr/bin/env bash
# stoppable answers the request that is under way at stop() with "Connection: keep-alive" and closes the connection behind it, so that the next request on it is reset; close() of Node.js answers it.
# Guess: that answer says "Connection: close", so that a client or a load balancer sends nothing more on the connection.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund stoppable@1.1.0

cat >stop.js <<'JS'
const http = require('node:http');
const stoppable = require('stoppable');

async function tryWith(name, wrap, stop) {
  const server = wrap(http.createServer((_, answer) => setTimeout(() => answer.end('ok'), 500)));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, agent }, (answer) => {
        answer.resume().on('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`));
      });
      request.on('error', (error) => resolve(error.code));
    });
  const first = ask();
  const second = ask();
  setTimeout(() => stop(server), 200);
  console.log(`${name}: ${await first}, then ${await second}`);
  agent.destroy();
}
(async () => {
  await tryWith('stoppable', (server) => stoppable(server), (server) => server.stop());
  await tryWith('close()', (server) => server, (server) => server.close());
  process.exit();
})();
JS
echo 'stoppable 1.1.0; two requests of 500 ms on one connection, stopped during the first'
seen=$(node stop.js)
echo "$seen"
expected='stoppable: 200 keep-alive, then ECONNRESET
close(): 200 keep-alive, then 200 keep-alive'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: stopping gracefully resets a request that the answer before it has invited'
