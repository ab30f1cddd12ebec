#!/usr/bin/env bash
# python-hcl2 8 gives the strings and labels of Terraform code with their quotes, and a number in scientific notation as an interpolation.
# Guess: labels and strings come as plain text ("web"), 1e3 as the number 1000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install python-hcl2==8.1.4

cat >service.tf <<'HCL'
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = 2
  timeout       = 1e3
  load_balancer {
    container_name = "web"
  }
}
HCL
cat >read.py <<'PY'
import hcl2

with open("service.tf") as file:
    content = hcl2.load(file)
kind, = content["resource"][0]
name, = [key for key in content["resource"][0][kind] if key != "__is_block__"]
service = content["resource"][0][kind][name]
print("labels:", ascii(kind), ascii(name))
print("string:", ascii(service["name"]))
print("numbers:", ascii(service["desired_count"]), ascii(service["timeout"]))
print("key for blocks:", "__is_block__" in service["load_balancer"][0])
PY

echo 'python-hcl2 8.1.4'
seen=$(python/bin/python read.py)
echo "$seen"
expected="labels: '\"aws_ecs_service\"' '\"web\"'
string: '\"web\"'
numbers: 2 '\${1e3}'
key for blocks: True"
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: content["resource"][0]["aws_ecs_service"] is a KeyError since the quotes are part of the key'
