#!/usr/bin/env bash
# undici lets an answer after 350 ms pass a headersTimeout of 100 ms, since it looks at its timeouts about twice a second.
# Guess: the request fails with UND_ERR_HEADERS_TIMEOUT after 100 ms, give or take a few.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2

cat >timeout.mjs <<'JS'
import { createServer } from 'node:http';
import { Agent, request } from 'undici';

const server = createServer((incoming, answer) => setTimeout(() => answer.end(), Number(incoming.url.slice(1))));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

async function ask(answersAfter, headersTimeout) {
  const dispatcher = new Agent();
  const start = performance.now();
  const outcome = await request(`http://127.0.0.1:${server.address().port}/${answersAfter}`, { headersTimeout, dispatcher }).then(
    (answer) => answer.statusCode,
    (error) => error.code,
  );
  const took = performance.now() - start;
  console.error(`answer after ${answersAfter} ms, timeout of ${headersTimeout} ms: ${outcome} after ${Math.round(took)} ms`);
  await dispatcher.destroy();
  return { outcome, took };
}
const late = await ask(350, 100);
const never = await ask(5000, 100);
server.closeAllConnections();
server.close();
process.exitCode = late.outcome === 200 && never.outcome === 'UND_ERR_HEADERS_TIMEOUT' && never.took > 450 ? 0 : 1;
JS
echo 'undici 7.30.2'
node timeout.mjs || { echo 'changed'; exit 1; }
echo 'as found: a timeout of 100 ms acts after 0.5 to 1 s'
