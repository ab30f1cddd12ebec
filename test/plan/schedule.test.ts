import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { parseSchedule } from '../../src/plan/parse-schedule';
import { scheduledActionErrors, scheduleText, sharedTimeZone } from '../../src/plan/schedule';

test.each([
  ['cron(0 9 ? * MON-FRI *)', 'cron(0 9 ? * 2,3,4,5,6 *)'],
  ['cron(0,30 6 1 * ? *)', 'cron(0,30 6 1 * ? *)'],
  ['cron(15 6 * JAN,JUL ? 2027)', 'cron(15 6 * 1,7 ? 2027)'],
  ['cron(0 0 ? * SUN *)', 'cron(0 0 ? * 1 *)'],
  ['cron(0 9 L,15W * ? *)', 'cron(0 9 L,15W * ? *)'],
  ['cron(0 9 LW * ? *)', 'cron(0 9 LW * ? *)'],
  ['cron(0 9 L-2 * ? *)', 'cron(0 9 L-2 * ? *)'],
  ['cron(0 9 ? * FRIL,MON#1 *)', 'cron(0 9 ? * 6L,2#1 *)'],
  ['rate(2 hours)', 'rate(120 minutes)'],
  ['rate(1 minute)', 'rate(1 minute)'],
  ['at(2026-11-07T06:05:00)', 'at(2026-11-07T06:05:00)'],
])('%s is written as %s, and means the same', (text, written) => {
  const schedule = parseSchedule(text)!;
  expect(scheduleText(schedule)).toBe(written);
  expect(parseSchedule(written)).toEqual(schedule);
});

test('a time zone that does not exist is rejected', () => {
  const action = { name: 'morning', schedule: parseSchedule('cron(0 8 ? * * *)')!, timeZone: 'Mars/Olympus', minCapacity: 2 };
  expect(scheduledActionErrors(action).map(formatError)).toEqual([
    'morning time zone must be an IANA time zone such as Europe/Berlin, got Mars/Olympus',
  ]);
});

test.each([
  [[undefined, undefined], 'UTC'],
  [['Europe/Berlin', 'Europe/Berlin'], 'Europe/Berlin'],
  [['Europe/Berlin', undefined], 'UTC'],
  [[], 'UTC'],
])('actions in the zones %j share %s', (zones, shared) => {
  const schedule = parseSchedule('rate(1 day)')!;
  expect(sharedTimeZone(zones.map((timeZone, index) => ({ name: String(index), schedule, minCapacity: 1, timeZone })))).toBe(shared);
});
