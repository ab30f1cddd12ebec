import { expect, test } from 'vitest';
import { groupScheduleOf } from '../../src/instances/group-schedule';
import { parseRecurrence, parseSchedule } from '../../src/plan/parse-schedule';

test.each([
  ['cron(0 6 ? * MON-FRI *)', '0 6 * * 1-5'],
  ['cron(30 18 1 * ? *)', '30 18 1 * *'],
  ['cron(0/15 * * * ? *)', '0,15,30,45 * * * *'],
  ['cron(5/20 8/4 1/10 * ? *)', '5,25,45 8,12,16,20 1,11,21,31 * *'],
  ['cron(*/30 22-2 ? * FRI-MON *)', '0,30 0-2,22,23 * * 0,1,5,6'],
  ['cron(0 6 ? * 2-6 *)', '0 6 * * 1-5'],
  ['cron(0 6 ? JAN,DEC 1,7 *)', '0 6 * 1,12 0,6'],
  ['cron(0 6 ? * WED *)', '0 6 * * 3'],
])('%s is the recurrence %s, at the same times', (expression, recurrence) => {
  expect(groupScheduleOf(expression)).toEqual({ recurrence });
  expect(parseRecurrence(recurrence)).toEqual(parseSchedule(expression));
});

test('at() is a start time in UTC', () => {
  expect(groupScheduleOf('at(2026-11-27T06:00:00)')).toEqual({ startTime: '2026-11-27T06:00:00Z' });
});

test.each([
  'rate(1 hour)',
  'cron(0 6 L * ? *)',
  'cron(0 6 ? * 2#1 *)',
  'cron(0 6 15W * ? *)',
  'cron(0 6 1 * MON *)',
  'cron(0 6 ? * * 2026)',
  'at(tomorrow)',
  'daily',
])('a group has no %s', (expression) => {
  expect(groupScheduleOf(expression)).toBeUndefined();
});
