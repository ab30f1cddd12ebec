#!/usr/bin/env bash
# parse-prometheus-text-format makes one histogram of all those that differ in their labels: the buckets of the last one, without labels, sum and count.
# Guess: one entry for each set of labels, each with its buckets, its sum and its count.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund parse-prometheus-text-format@1.1.1

cat >parse.js <<'JS'
const parse = require('parse-prometheus-text-format');

const histogram = (path, fast, all, sum) => `latency_bucket{path="${path}",le="0.1"} ${fast}
latency_bucket{path="${path}",le="+Inf"} ${all}
latency_sum{path="${path}"} ${sum}
latency_count{path="${path}"} ${all}
`;
const show = (name, text) => console.log(`${name}:`, JSON.stringify(parse(text)[0].metrics));
show('histogram', `# TYPE latency histogram\n${histogram('/cart', 90, 100, 12)}${histogram('/pay', 1, 3, 2)}`);
show('counter', '# TYPE requests counter\nrequests{path="/cart"} 100\nrequests{path="/pay"} 3\n');
JS
echo 'parse-prometheus-text-format 1.1.1'
seen=$(node parse.js)
echo "$seen"
expected='histogram: [{"buckets":{"0.1":"1","+Inf":"3"}}]
counter: [{"value":"100","labels":{"path":"/cart"}},{"value":"3","labels":{"path":"/pay"}}]'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: of 100 requests to one path and 3 to another the 3 are left'
