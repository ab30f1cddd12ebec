#!/usr/bin/env bash
# loadtest with a rate keeps it by opening more requests than its concurrency: one user of a server that takes 500 ms asks 10 times a second.
# Guess: concurrency 1 is one request at a time, so that 10 per second become 2 and three seconds see about 6 requests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund loadtest@8.2.1

cat >load.mjs <<'JS'
import { createServer } from 'node:http';
import { loadTest } from 'loadtest';

let asked = 0;
let open = 0;
let most = 0;
const server = createServer((_, answer) => {
  asked++;
  most = Math.max(most, ++open);
  setTimeout(() => {
    open--;
    answer.end('ok');
  }, 500);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
async function load(name, options) {
  asked = most = 0;
  await loadTest({ url, concurrency: 1, maxSeconds: 3, quiet: true, ...options });
  console.log(`${name}: ${asked} requests, at most ${most} open at once`);
  const seen = { asked, most };
  while (open) await new Promise((resolve) => setTimeout(resolve, 50));
  return seen;
}
const plain = await load('without a rate', {});
const rated = await load('10 per second', { requestsPerSecond: 10 });
process.exit(plain.most === 1 && plain.asked < 10 && rated.most > 3 && rated.asked > 20 ? 0 : 1);
JS
echo 'loadtest 8.2.1, concurrency 1, 3 s, each answer takes 500 ms'
node load.mjs || { echo 'changed'; exit 1; }
echo 'as found: with a rate the concurrency is no limit'
