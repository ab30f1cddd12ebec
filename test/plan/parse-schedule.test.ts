import { describe, expect, test } from 'vitest';
import { parseRecurrence, parseSchedule, parseTimestamp } from '../../src/plan/parse-schedule';
import { nextDueMinute, type Schedule } from '../../src/plan/schedule';
import { calendarTimeOf, minutesSince1970 } from '../../src/time/calendar';

/** The first times at which a schedule is due from a Monday at midnight on. */
function firstDue(schedule: Schedule, count: number): string[] {
  const start = parseTimestamp('2026-01-05T00:00')!;
  const times: string[] = [];
  for (let minute = start - 1; times.length < count; ) {
    const due = nextDueMinute(schedule, minute, start);
    if (due === undefined) break;
    const { month, day, hour, minute: past } = calendarTimeOf(due);
    times.push(`${month}/${day} ${hour}:${String(past).padStart(2, '0')}`);
    minute = due;
  }
  return times;
}

describe('a schedule of a scalable target', () => {
  test.each([
    ['cron(0 9 ? * MON-FRI *)', ['1/5 9:00', '1/6 9:00', '1/7 9:00', '1/8 9:00', '1/9 9:00', '1/12 9:00']],
    ['cron(30 6,18 * * ? *)', ['1/5 6:30', '1/5 18:30', '1/6 6:30']],
    ['cron(0/20 8 * * ? *)', ['1/5 8:00', '1/5 8:20', '1/5 8:40', '1/6 8:00']],
    ['cron(0 0 1 * ? *)', ['2/1 0:00', '3/1 0:00']],
    ['cron(0 12 ? 2-3 1 *)', ['2/1 12:00', '2/8 12:00']],
    ['cron(0 0 29 2 ? 2028)', ['2/29 0:00']],
    ['rate(12 hours)', ['1/5 12:00', '1/6 0:00']],
    ['rate(1 day)', ['1/6 0:00']],
    ['at(2026-01-07T06:15:00)', ['1/7 6:15']],
    ['at(2025-01-07T06:15:00)', []],
    ['cron(0 0 30 2 ? *)', []],
    ['cron(0 0 31 * ? *)', ['1/31 0:00', '3/31 0:00', '5/31 0:00']],
    ['cron(0 9 L * ? *)', ['1/31 9:00', '2/28 9:00', '3/31 9:00']],
    ['cron(0 9 L-3 * ? *)', ['1/28 9:00', '2/25 9:00', '3/28 9:00']],
    // 31 January 2026 is a Saturday, 31 May a Sunday, 1 February a Sunday, 1 August a Saturday.
    ['cron(0 9 LW * ? *)', ['1/30 9:00', '2/27 9:00', '3/31 9:00', '4/30 9:00', '5/29 9:00']],
    ['cron(0 9 1W 2,8 ? *)', ['2/2 9:00', '8/3 9:00']],
    ['cron(0 9 15W * ? *)', ['1/15 9:00', '2/16 9:00', '3/16 9:00', '4/15 9:00']],
    ['cron(0 9 31W * ? *)', ['1/30 9:00', '3/31 9:00', '5/29 9:00']],
    ['cron(0 9 1,15W,L 2 ? *)', ['2/1 9:00', '2/16 9:00', '2/28 9:00']],
    ['cron(0 9 ? * 6L *)', ['1/30 9:00', '2/27 9:00', '3/27 9:00']],
    ['cron(0 9 ? * fril *)', ['1/30 9:00', '2/27 9:00']],
    ['cron(0 9 ? * MON#2 *)', ['1/12 9:00', '2/9 9:00', '3/9 9:00']],
    ['cron(0 9 ? * 1#5 *)', ['3/29 9:00', '5/31 9:00', '8/30 9:00']],
    ['cron(0 9 ? * L *)', ['1/10 9:00', '1/17 9:00']],
    ['cron(0 9 ? * TUE,6L *)', ['1/6 9:00', '1/13 9:00', '1/20 9:00', '1/27 9:00', '1/30 9:00']],
    ['cron(0 9 ? * SAT-MON *)', ['1/5 9:00', '1/10 9:00', '1/11 9:00', '1/12 9:00']],
    ['cron(0 22-1 * * ? *)', ['1/5 0:00', '1/5 1:00', '1/5 22:00', '1/5 23:00', '1/6 0:00']],
    ['cron(50-5/5 8 * * ? *)', ['1/5 8:00', '1/5 8:05', '1/5 8:50', '1/5 8:55']],
  ])('%s', (text, times) => {
    expect(firstDue(parseSchedule(text)!, times.length || 1)).toEqual(times);
  });

  test.each([
    '',
    'every day',
    'cron(0 9 * * *)',
    'cron(61 9 * * ? *)',
    'cron(0 9 W * ? *)',
    'cron(0 9 32W * ? *)',
    'cron(0 9 L-31 * ? *)',
    'cron(0 9 ? * MON#6 *)',
    'cron(0 9 ? * 8L *)',
    'cron(0 9 ? * 6L,NEVER *)',
    'cron(0 9 * * ? 2030-2027)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'at(tomorrow)',
    'cron(0/0 9 * * ? *)',
  ])('%s is not understood', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});

test.each([
  ['0 9 * * 1-5', ['1/5 9:00', '1/6 9:00']],
  ['0 9 * * 7', ['1/11 9:00']],
  ['0 9 * * 0', ['1/11 9:00']],
  ['*/30 9 * * Mon', ['1/5 9:00', '1/5 9:30', '1/12 9:00']],
  ['0 9 10 * 1', ['1/5 9:00', '1/10 9:00', '1/12 9:00', '1/19 9:00', '1/26 9:00', '2/2 9:00', '2/9 9:00', '2/10 9:00']],
  ['0 9 * * 5-1', ['1/5 9:00', '1/9 9:00', '1/10 9:00', '1/11 9:00', '1/12 9:00', '1/16 9:00']],
])('the recurrence %s of a group', (text, times) => {
  expect(firstDue(parseRecurrence(text)!, times.length)).toEqual(times);
});

test('a day of the calendar is found again from its minute, leap days too', () => {
  for (const [year, month, day] of [
    [1970, 1, 1],
    [2000, 2, 29],
    [2026, 12, 31],
    [2100, 3, 1],
  ] as const) {
    const time = { year, month, day, hour: 23, minute: 59 };
    expect(calendarTimeOf(minutesSince1970(time))).toEqual(time);
  }
  expect(minutesSince1970({ year: 1970, month: 1, day: 1, hour: 0, minute: 0 })).toBe(0);
});
