#!/usr/bin/env bash
# Two parsers of AWS's cron expressions at the end of a short month: aws-cron-parser of npm moves the 31st to the first of the next month and 29 February
# to 1 March, pyawscron of PyPI ends with a ValueError.
# Guess: both leave out months and years without that day, as AWS's own parser (Quartz) does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aws-cron-parser@1.1.12
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install pyawscron==1.0.7

cat >next.js <<'JS'
const { parse, next } = require('aws-cron-parser');

for (const expression of ['0 0 31 * ? *', '0 0 29 2 ? *']) {
  const dates = [];
  let date = new Date(Date.UTC(2026, 7, 1));
  for (let time = 0; time < 3; time++) {
    date = next(parse(expression), date);
    dates.push(date.toISOString().slice(0, 10));
  }
  console.log('npm', expression, '->', dates.join(' '));
}
JS
cat >next.py <<'PY'
from datetime import datetime, timezone

from pyawscron import AWSCron

for expression in ["0 0 31 * ? *", "0 0 29 2 ? *"]:
    try:
        dates = AWSCron.get_next_n_schedule(3, datetime(2026, 8, 1, tzinfo=timezone.utc), expression)
        print("PyPI", expression, "->", *(date.date().isoformat() for date in dates))
    except ValueError as error:
        print("PyPI", expression, "->", error)
PY
echo 'aws-cron-parser 1.1.12, pyawscron 1.0.7: three times after 1 August 2026'
seen=$(node next.js && python/bin/python next.py)
echo "$seen"
expected='npm 0 0 31 * ? * -> 2026-08-31 2026-10-01 2026-10-31
npm 0 0 29 2 ? * -> 2027-03-01 2028-02-29 2029-03-01
PyPI 0 0 31 * ? * -> day is out of range for month
PyPI 0 0 29 2 ? * -> day is out of range for month'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a schedule of the 31st also comes on the first, or ends in an error'
