#!/usr/bin/env bash
# The t-digests of PyPI and npm put the median of 950 answers of 10 ms and 50 of 1000 ms at 59.5 ms, and PyPI's puts a quarter of them below zero.
# Guess: 95 % of equal values pin the median to that value (10, give or take 5), and no percentile leaves the range of the data.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tdigest@0.1.3
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install tdigest==0.5.2.2

cat >percentiles.py <<'PY'
from tdigest import TDigest

digest = TDigest()
for index in range(1000):
    digest.update(10 if (index * 7919) % 1000 < 950 else 1000)
print("python:", *(round(float(digest.percentile(p)), 1) for p in (25, 50, 75, 95, 99)))
PY
cat >percentiles.js <<'JS'
const { TDigest } = require('tdigest');

const digest = new TDigest();
for (let index = 0; index < 1000; index++) digest.push((index * 7919) % 1000 < 950 ? 10 : 1000);
console.log('javascript:', ...[0.25, 0.5, 0.75, 0.95, 0.99].map((p) => Number(digest.percentile(p).toFixed(1))));
JS

echo 'tdigest 0.5.2.2 (PyPI), tdigest 0.1.3 (npm); p25 p50 p75 p95 p99, exact: 10 10 10 10 or 1000, 1000'
seen=$(python/bin/python percentiles.py && node percentiles.js)
echo "$seen"
expected='python: -435.5 59.5 554.5 950.5 1000.0
javascript: 10 59.5 554.5 950.5 1000'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: equal values become one centroid, and a percentile is read from the line between two centroids'
