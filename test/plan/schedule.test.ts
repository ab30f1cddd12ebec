import { expect, test } from 'vitest';
import { parseSchedule } from '../../src/plan/parse-schedule';
import { scheduleText } from '../../src/plan/schedule';

test.each([
  ['cron(0 9 ? * MON-FRI *)', 'cron(0 9 ? * 2,3,4,5,6 *)'],
  ['cron(0,30 6 1 * ? *)', 'cron(0,30 6 1 * ? *)'],
  ['cron(15 6 * JAN,JUL ? 2027)', 'cron(15 6 * 1,7 ? 2027)'],
  ['cron(0 0 ? * SUN *)', 'cron(0 0 ? * 1 *)'],
  ['rate(2 hours)', 'rate(120 minutes)'],
  ['rate(1 minute)', 'rate(1 minute)'],
  ['at(2026-11-07T06:05:00)', 'at(2026-11-07T06:05:00)'],
])('%s is written as %s, and means the same', (text, written) => {
  const schedule = parseSchedule(text)!;
  expect(scheduleText(schedule)).toBe(written);
  expect(parseSchedule(written)).toEqual(schedule);
});
