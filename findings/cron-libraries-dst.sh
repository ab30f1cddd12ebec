#!/usr/bin/env bash
# Three cron libraries give three different runs of "30 2 * * *" in Europe/Berlin on the two days on which the clock changes.
# Guess: croner moves the 02:30 that does not exist to 03:30, cron-parser to 03:00; croniter runs the 02:30 that exists twice once only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund croner@11.0.1 cron-parser@5.10.6
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install croniter==7.0.0

cat >runs.mjs <<'JS'
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';

const timezone = 'Europe/Berlin';
const spring = new Date('2026-03-28T22:00:00Z');
const autumn = new Date('2026-10-24T22:00:00Z');
const utc = (dates) => dates.map((date) => date.toISOString().slice(5, 16)).join(' ');
const croner = (pattern, from, count) => utc(new Cron(pattern, { timezone }).nextRuns(count, from));
const cronParser = (pattern, from, count) =>
  utc(CronExpressionParser.parse(pattern, { currentDate: from, tz: timezone }).take(count).map((date) => date.toDate()));

for (const [name, next] of Object.entries({ croner, 'cron-parser': cronParser })) {
  console.log(`${name} spring daily: ${next('30 2 * * *', spring, 2)}`);
  console.log(`${name} spring every 20 minutes of hour 2: ${next('*/20 2 * * *', spring, 1)}`);
  console.log(`${name} autumn daily: ${next('30 2 * * *', autumn, 2)}`);
}
JS
cat >runs.py <<'PY'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
from croniter import croniter

def runs(pattern, month, day, count):
    dates = croniter(pattern, datetime(2026, month, day, 23, tzinfo=ZoneInfo("Europe/Berlin")))
    return " ".join(dates.get_next(datetime).astimezone(timezone.utc).strftime("%m-%dT%H:%M") for _ in range(count))

print("croniter spring daily:", runs("30 2 * * *", 3, 28, 2))
print("croniter spring every 20 minutes of hour 2:", runs("*/20 2 * * *", 3, 28, 1))
print("croniter autumn daily:", runs("30 2 * * *", 10, 24, 2))
PY

echo 'croner 11.0.1, cron-parser 5.10.6, croniter 7.0.0; times in UTC, where 03-29T01:00 is 03:00 in Berlin'
seen=$(node runs.mjs && python/bin/python runs.py)
echo "$seen"
expected='croner spring daily: 03-29T01:00 03-30T00:30
croner spring every 20 minutes of hour 2: 03-30T00:00
croner autumn daily: 10-25T00:30 10-26T01:30
cron-parser spring daily: 03-29T01:30 03-30T00:30
cron-parser spring every 20 minutes of hour 2: 03-29T01:00
cron-parser autumn daily: 10-25T00:30 10-26T01:30
croniter spring daily: 03-29T01:00 03-30T00:30
croniter spring every 20 minutes of hour 2: 03-29T01:00
croniter autumn daily: 10-25T00:30 10-25T01:30'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a 02:30 that does not exist runs at 03:00 in croner and croniter, at 03:30 in cron-parser; croner leaves a repeating pattern out that day; only croniter runs an ambiguous 02:30 twice'
