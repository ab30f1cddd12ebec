#!/usr/bin/env bash
# hdr-histogram-js with buckets of 16 bits starts a bucket again at 0 after 65,535 equal values; the total goes on, p50 becomes a value that was never recorded and the mean raises an error about an index.
# Guess: a bucket that is full widens all buckets, as the range widens for a value that is too large, or refuses the value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hdr-histogram-js@3.0.1

cat >histogram.js <<'JS'
const { build } = require('hdr-histogram-js');

function of(bitBucketSize, times) {
  const histogram = build({ bitBucketSize });
  for (let index = 0; index < times; index++) histogram.recordValue(10);
  histogram.recordValue(700);
  let mean;
  try {
    mean = histogram.mean.toFixed(2);
  } catch (error) {
    mean = error.message;
  }
  return `total ${histogram.totalCount}, p50 ${histogram.getValueAtPercentile(50)}, mean ${mean}`;
}
console.log('16 bits, 65,535 times:', of(16, 65_535));
console.log('16 bits, 65,536 times:', of(16, 65_536));
console.log('32 bits, 65,536 times:', of(32, 65_536));
JS
echo 'hdr-histogram-js 3.0.1; the value 10 so many times, then 700 once'
seen=$(node histogram.js)
echo "$seen"
expected='16 bits, 65,535 times: total 65536, p50 10, mean 10.01
16 bits, 65,536 times: total 65537, p50 0, mean Index Out Of Bounds Exception
32 bits, 65,536 times: total 65537, p50 10, mean 10.01'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: nothing is said when the 65,536th is recorded'
