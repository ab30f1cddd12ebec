#!/usr/bin/env bash
# cfn-lint refuses a Fargate task of 256 CPU units and 4096 MiB, also inside Fn::If, but not if a parameter or a mapping gives one of the two.
# Guess: cfn-lint looks the default of a parameter up, the more so if it is the only allowed value, and refuses that pair as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install cfn-lint==1.58.0

template() {
  cat >"$1.yaml" <<YAML
Conditions:
  Small: !Equals [!Ref AWS::Region, us-east-1]
Parameters:
  Memory: { Type: String, Default: "4096", AllowedValues: ["4096"] }
Mappings:
  Size: { task: { Memory: "4096" } }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: "256"
      Memory: $2
      ContainerDefinitions: [{ Name: web, Image: "nginx:1" }]
YAML
}
template literal '"4096"'
template condition '!If [Small, "512", "4096"]'
template parameter '!Ref Memory'
template mapping '!FindInMap [Size, task, Memory]'

cat >report.py <<'PY'
import json, sys

rules = {}
for match in json.load(sys.stdin):
    if match["Level"] == "Error":
        rules.setdefault(match["Filename"], set()).add(match["Rule"]["Id"])
for name in sys.argv[1:]:
    print(name.removesuffix(".yaml") + ":", *sorted(rules.get(name, ["none"])))
PY

python/bin/cfn-lint --version
files='literal.yaml condition.yaml parameter.yaml mapping.yaml'
(python/bin/cfn-lint --region us-east-1 --format json -- $files || true) >matches.json
seen=$(python/bin/python report.py $files <matches.json)
echo "$seen"
expected='literal: E3047
condition: E3047
parameter: none
mapping: none'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a size from a parameter or a mapping is not checked'
