#!/usr/bin/env bash
# DDSketch of npm and of PyPI gives the ninth of ten values as their p95 and p99: the highest one only at a quantile of 1.
# Guess: p95 and p99 of ten values are the tenth, as by the nearest rank (or lie between both, as by interpolation), within the accuracy of 1 %.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @datadog/sketches-js@2.1.1
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install ddsketch==3.0.1

cat >sketch.js <<'JS'
const { DDSketch } = require('@datadog/sketches-js');

const latencies = new DDSketch({ relativeAccuracy: 0.01 });
for (const seconds of [1, 1, 1, 1, 1, 1, 1, 1, 2, 30]) latencies.accept(seconds);
console.log('npm', ...[0.95, 0.99, 1].map((quantile) => Math.round(latencies.getValueAtQuantile(quantile))));
JS
cat >sketch.py <<'PY'
from ddsketch import DDSketch

latencies = DDSketch(0.01)
for seconds in [1, 1, 1, 1, 1, 1, 1, 1, 2, 30]:
    latencies.add(seconds)
print("PyPI", *(round(latencies.get_quantile_value(quantile)) for quantile in (0.95, 0.99, 1)))
PY
echo '@datadog/sketches-js 2.1.1, ddsketch 3.0.1: p95, p99 and the maximum of eight times 1 s, 2 s and 30 s'
seen=$(node sketch.js && python/bin/python sketch.py)
echo "$seen"
expected='npm 2 2 30
PyPI 2 2 30'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: of few requests, the slowest is in no percentile below 100'
