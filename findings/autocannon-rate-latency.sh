#!/usr/bin/env bash
# autocannon with a rate puts half of its latencies below 300 ms where each answer took 500 ms: it adds a value for each millisecond below.
# Guess: values are added one interval of the rate apart (100 ms for 10 per second and connection), so that the lowest is about 100 ms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund autocannon@9.0.0

cat >rate.js <<'JS'
const { createServer } = require('node:http');
const autocannon = require('autocannon');

const server = createServer((_, answer) => setTimeout(() => answer.end('ok'), 500));
server.listen(0, '127.0.0.1', async () => {
  const load = { url: `http://127.0.0.1:${server.address().port}`, overallRate: 40, connections: 4, duration: 3 };
  const rated = await autocannon(load);
  const plain = await autocannon({ ...load, ignoreCoordinatedOmission: true });
  for (const [name, { latency, requests }] of Object.entries({ rated, plain }))
    console.log(`${name}: ${requests.total} answers, ${latency.totalCount} values, lowest ${latency.min} ms, p50 ${latency.p50} ms, p99 ${latency.p99} ms`);
  const found = rated.latency.min < 20 && rated.latency.p50 < 400 && rated.latency.totalCount > 100 * rated.requests.total;
  process.exit(found && plain.latency.min >= 499 && plain.latency.totalCount === plain.requests.total ? 0 : 1);
});
JS
echo 'autocannon 9.0.0; every answer takes 500 ms; 40 per second asked for on 4 connections'
node rate.js || { echo 'changed'; exit 1; }
echo 'as found: without ignoreCoordinatedOmission the latencies of a rated run are those of no request'
