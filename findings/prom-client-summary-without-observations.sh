#!/usr/bin/env bash
# prom-client says 0 for every quantile of a summary that has observed nothing, also once its window of time has run empty.
# Guess: a quantile of no values is NaN, as in the exposition of other Prometheus clients.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund prom-client@15.1.3

cat >summary.js <<'JS'
const { Summary, register } = require('prom-client');

const summary = new Summary({ name: 'latency', help: 'seconds', percentiles: [0.99], maxAgeSeconds: 0.2, ageBuckets: 2 });
const quantile = async () => (await register.metrics()).match(/latency\{quantile="0.99"\} (.*)/)[1];
(async () => {
  console.log('nothing observed:', await quantile());
  summary.observe(3);
  console.log('after 3 s:', await quantile());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  console.log('window empty:', await quantile());
})();
JS
echo 'prom-client 15.1.3'
seen=$(node summary.js)
echo "$seen"
expected='nothing observed: 0
after 3 s: 3
window empty: 0'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: an idle service looks like one of 0 s at p99'
