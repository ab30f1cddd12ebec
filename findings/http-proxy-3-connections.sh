#!/usr/bin/env bash
# http-proxy-3 with its own agent opens a connection to the target for each request and has the client's closed as well; a timeout of the target arrives as ECONNRESET.
# Guess: two requests of a kept connection share one connection to the target, and proxyTimeout gives ETIMEDOUT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund http-proxy-3@1.23.3

cat >proxy.js <<'JS'
const http = require('node:http');
const { createProxyServer } = require('http-proxy-3');

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const kept = () => new http.Agent({ keepAlive: true });

(async () => {
  let connections = 0;
  const target = http.createServer((request, answer) => setTimeout(() => answer.end('ok'), request.url === '/slow' ? 2000 : 0));
  target.on('connection', () => connections++);
  const port = await listen(target);

  async function tryWith(name, options, path) {
    const proxy = createProxyServer({ target: `http://127.0.0.1:${port}`, ...options });
    let code = 'none';
    proxy.on('error', (error, _, answer) => {
      code = error.code;
      answer.writeHead(504).end();
    });
    const front = http.createServer((request, answer) => proxy.web(request, answer));
    const frontPort = await listen(front);
    const agent = kept();
    const ask = () =>
      new Promise((resolve, reject) => {
        const request = http.get({ host: '127.0.0.1', port: frontPort, path, agent }, (answer) => {
          answer.resume().on('end', () => setTimeout(resolve, 50, `${answer.statusCode} ${answer.headers.connection}`));
        });
        request.on('error', reject);
      });
    connections = 0;
    console.log(`${name}: ${await ask()}, ${await ask()}; connections to the target ${connections}; error ${code}`);
  }
  await tryWith('own agent', {}, '/');
  await tryWith('agent that keeps', { agent: kept() }, '/');
  await tryWith('proxyTimeout', { proxyTimeout: 200 }, '/slow');
  process.exit();
})();
JS
echo 'http-proxy-3 1.23.3; two requests each'
seen=$(node proxy.js)
echo "$seen"
expected='own agent: 200 close, 200 close; connections to the target 2; error none
agent that keeps: 200 keep-alive, 200 keep-alive; connections to the target 1; error none
proxyTimeout: 504 keep-alive, 504 keep-alive; connections to the target 2; error ECONNRESET'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: only an agent of ours keeps connections on either side'
