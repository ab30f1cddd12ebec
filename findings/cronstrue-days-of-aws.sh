#!/usr/bin/env bash
# cronstrue reads the six fields of AWS's cron expressions, with a year, but numbers the days of the week from another one: 2-6, Monday to Friday at AWS, is "Tuesday through Saturday".
# Guess: six fields are refused or start with seconds, so that nobody takes the sentence for AWS's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cronstrue@3.39.0 aws-cron-parser@1.1.12

cat >days.js <<'JS'
const { next, parse } = require('aws-cron-parser');
const cronstrue = require('cronstrue');

const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
for (const expression of ['0 7 ? * 2-6 *', '0 7 ? * 6#3 2027', '0 7 ? * MON-FRI *']) {
  const cron = parse(expression);
  const days = new Set();
  let time = new Date(Date.UTC(2027, 0, 3));
  for (let index = 0; index < 5; index++) days.add(day.format((time = next(cron, time))));
  console.log(expression);
  console.log('  cronstrue:', cronstrue.toString(expression));
  console.log('  days from 1:', cronstrue.toString(expression, { dayOfWeekStartIndexZero: false }));
  console.log('  aws-cron-parser:', ...days);
}
JS
echo 'cronstrue 3.39.0, aws-cron-parser 1.1.12'
seen=$(node days.js)
echo "$seen"
expected='0 7 ? * 2-6 *
  cronstrue: At 07:00 AM, Tuesday through Saturday
  days from 1: At 07:00 AM, Monday through Friday
  aws-cron-parser: Monday Tuesday Wednesday Thursday Friday
0 7 ? * 6#3 2027
  cronstrue: At 07:00 AM, on the third Saturday of the month, only in 2027
  days from 1: At 07:00 AM, on the third Friday of the month, only in 2027
  aws-cron-parser: Friday
0 7 ? * MON-FRI *
  cronstrue: At 07:00 AM, Monday through Friday
  days from 1: At 07:00 AM, Monday through Friday
  aws-cron-parser: Monday Tuesday Wednesday Thursday Friday'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: the sentence is right only for names of days'
