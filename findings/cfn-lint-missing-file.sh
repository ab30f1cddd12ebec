#!/usr/bin/env bash
# cfn-lint given two templates, of which one does not exist: it reports the missing file, and none of the findings in the other one.
# Guess: it reports both, the missing file and the error in the template that is there, as compilers do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install cfn-lint==1.58.0

echo '{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BucketNme":"logs"}}}}' >there.json

rules() {
  (python/bin/cfn-lint --region us-east-1 --format json -- "$@" || true) |
    python/bin/python -c 'import json, sys; print(*sorted(match["Rule"]["Id"] for match in json.load(sys.stdin)))'
}

python/bin/cfn-lint --version
seen="alone: $(rules there.json)
beside a missing file: $(rules there.json missing.json)"
echo "$seen"
expected='alone: E3002
beside a missing file: E0003'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: one missing file hides the findings in all others'
