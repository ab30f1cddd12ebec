#!/usr/bin/env bash
# cfn-flip writes the text "1e3" of a JSON template into YAML without quotes, and readers of YAML 1.2 take it for the number 1000.
# Guess: what is text in JSON stays text, by quotes, as it does for "010", "yes" and "12:30:45".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install cfn-flip==1.3.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yaml@2.8.1 js-yaml@4.1.0

cat >template.json <<'JSON'
{ "Resources": { "Task": { "Properties": { "Environment": [ { "Name": "REVISION", "Value": "1e3" }, { "Name": "ZIP", "Value": "010" } ] } } } }
JSON
python/bin/cfn-flip -y template.json >template.yaml
cat >read.js <<'JS'
const text = require('fs').readFileSync('template.yaml', 'utf8');
for (const [name, parse] of [['yaml', require('yaml').parse], ['js-yaml', require('js-yaml').load]]) {
  console.log(name, JSON.stringify(parse(text).Resources.Task.Properties.Environment.map(({ Value }) => Value)));
}
JS
echo 'cfn-flip 1.3.0, yaml 2.8.1, js-yaml 4.1.0'
seen=$(grep Value: template.yaml | tr -s ' ' && node read.js)
echo "$seen"
expected=" Value: 1e3
 Value: '010'
yaml [1000,\"010\"]
js-yaml [1000,\"010\"]"
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a value that looks like an exponent changes its type on the way to YAML'
