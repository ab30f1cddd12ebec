#!/usr/bin/env bash
# find-my-way (the router of Fastify) splits two parameters of one segment at the last separator, and either may be empty.
# Guess: /:name-:zone splits "web-eu-1" at the first hyphen, and /tasks/ goes to the wildcard beside /tasks/:id.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund find-my-way@9.10.2

cat >routes.js <<'JS'
const router = require('find-my-way')();

for (const route of ['/:name-:zone', '/logs/:file.:type', '/tasks/:id', '/tasks/*']) router.on('GET', route, () => route);
for (const path of ['/web-eu-1', '/-eu', '/logs/a.tar.gz', '/tasks/', '/tasks/1/2']) {
  const match = router.find('GET', path);
  console.log(path, match.handler(), JSON.stringify(match.params));
}
JS
echo 'find-my-way 9.10.2'
seen=$(node routes.js)
echo "$seen"
expected='/web-eu-1 /:name-:zone {"name":"web-eu","zone":"1"}
/-eu /:name-:zone {"name":"","zone":"eu"}
/logs/a.tar.gz /logs/:file.:type {"file":"a.tar","type":"gz"}
/tasks/ /tasks/:id {"id":""}
/tasks/1/2 /tasks/* {"*":"1/2"}'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: the first of two parameters takes all that it can; an empty one matches before the wildcard does'
