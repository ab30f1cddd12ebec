#!/usr/bin/env bash
# har-to-k6 leaves out how long the recorded person waited: requests of one page 2 s and 8 s apart follow each other at once, and one second is added at the end.
# Guess: the script sleeps 2 s and 8 s between the requests, as their times stand in the recording.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund har-to-k6@0.14.16

cat >convert.js <<'JS'
const { liHARToK6Script } = require('har-to-k6');

const entry = (path, second) => ({
  startedDateTime: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  time: 100,
  request: { method: 'GET', url: `http://shop.example${path}`, headers: [], queryString: [] },
  response: { status: 200, content: {} },
  pageref: 'page',
});
const log = {
  version: '1.2',
  creator: { name: 'browser', version: '1' },
  pages: [{ id: 'page', title: 'shop', startedDateTime: '2026-01-01T00:00:00.000Z' }],
  entries: [entry('/', 0), entry('/cart', 2), entry('/pay', 10)],
};
liHARToK6Script({ log }).then(({ main }) => console.log(main.match(/http\.get\('[^']*'|sleep\(.*\)/g).join('\n')));
JS
echo 'har-to-k6 0.14.16; three requests, at 0, 2 and 10 s'
seen=$(node convert.js)
echo "$seen"
expected="http.get('http://shop.example/'
http.get('http://shop.example/cart'
http.get('http://shop.example/pay'
sleep(1)"
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a user of the script asks three times in the time of one second and three answers, the recorded one in ten'
