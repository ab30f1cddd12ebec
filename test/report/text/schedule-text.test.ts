import { expect, test } from 'vitest';
import { parseRecurrence, parseSchedule } from '../../../src/plan/parse-schedule';
import type { Schedule } from '../../../src/plan/schedule';
import { scheduleLine } from '../../../src/report/text/schedule-text';

const words = (schedule: Schedule): string => scheduleLine({ name: 'sale', schedule, minCapacity: 4 });

test.each([
  ['cron(0 9 ? * MON,TUE *)', 'sale at 09:00 on Monday, Tuesday: minimum 4'],
  ['cron(0 9 1,15 * ? *)', 'sale at 09:00 on day 1, 15 of a month: minimum 4'],
  ['cron(0 9 L,15W * ? *)', 'sale at 09:00 on the last day, the weekday nearest to day 15 of a month: minimum 4'],
  ['cron(0 9 3,LW 11 ? *)', 'sale at 09:00 on day 3, the last weekday of a month in month 11: minimum 4'],
  ['cron(0 9 L-2 * ? 2027)', 'sale at 09:00 on day 2 before the last of a month of 2027: minimum 4'],
  ['cron(0 9 ? * FRIL,MON#1 *)', 'sale at 09:00 on the last Friday of a month, the first Monday of a month: minimum 4'],
  ['cron(0/5 9 * * ? *)', 'sale at several times: minimum 4'],
  ['rate(2 hours)', 'sale every 120 minutes: minimum 4'],
  ['at(2026-11-27T06:00:00)', 'sale once at 2026-11-27 06:00: minimum 4'],
])('%s is printed as: %s', (text, line) => {
  expect(words(parseSchedule(text)!)).toBe(line);
});

test('a group may be due on either of two days', () => {
  expect(words(parseRecurrence('0 9 10 * 1')!)).toBe('sale at 09:00 on Monday or on day 10 of a month: minimum 4');
});
