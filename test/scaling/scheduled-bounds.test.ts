import { describe, expect, test } from 'vitest';
import { parseSchedule, parseTimestamp } from '../../src/plan/parse-schedule';
import type { ScheduledAction } from '../../src/plan/schedule';
import { minutesSince1970 } from '../../src/time/calendar';
import { CPU, startLoop, steps } from './started-loop';

function action(schedule: string, bounds: Partial<ScheduledAction>): ScheduledAction {
  return { name: schedule, schedule: parseSchedule(schedule)!, ...bounds };
}

const MORNING = action('cron(0 9 ? * MON-FRI *)', { minCapacity: 5, maxCapacity: 12 });
const EVENING = action('cron(0 10 ? * * *)', { minCapacity: 2, maxCapacity: 3 });
const MONDAY_AT_NINE = minutesSince1970({ year: 2026, month: 1, day: 5, hour: 8, minute: 50 });

describe('a scheduled action', () => {
  test('acts a few seconds after its time, whatever cools down, and says so', () => {
    const { clock, loop } = startLoop({ policy: { scheduledActions: [MORNING] }, startMinute: MONDAY_AT_NINE });
    clock.runUntil(900);
    expect(loop.activities).toEqual([
      {
        startSeconds: 616,
        endSeconds: 646,
        statusCode: 'Successful',
        origin: 'scheduled-action',
        cause: 'minimum capacity was set to 5 and maximum capacity was set to 12',
        baseCapacity: 2,
        computedCapacity: 5,
        fromCapacity: 2,
        toCapacity: 5,
      },
    ]);
  });

  test('brings the count within its bounds, and keeps the policies there', () => {
    const { clock, fleet, loop } = startLoop({
      policy: { targetTracking: [CPU], scheduledActions: [MORNING, EVENING] },
      startMinute: MONDAY_AT_NINE,
    });
    fleet.cores = 7.2;
    clock.runUntil(4000);
    fleet.cores = 0;
    clock.runUntil(4300);
    expect(steps(loop)).toEqual([
      [185, 2, 4],
      [545, 4, 6],
      // the maximum is 12 from 616 on; 7 is what 4 full tasks ask for.
      [665, 6, 7],
      [1025, 7, 12],
      // the maximum is 3 again.
      [4216, 12, 3],
    ]);
  });

  test('does not act on other days, nor when it is suspended', () => {
    const sunday = MONDAY_AT_NINE - 1440;
    const suspended = { scaleIn: false, scaleOut: false, schedules: true };
    for (const options of [
      { policy: { scheduledActions: [MORNING] }, startMinute: sunday },
      { policy: { scheduledActions: [MORNING], suspended }, startMinute: MONDAY_AT_NINE },
    ]) {
      const { clock, loop } = startLoop(options);
      clock.runUntil(3600);
      expect(loop.activities).toEqual([]);
    }
  });

  test('acts again when it is due again, until its end', () => {
    const ends = { ...action('rate(10 minutes)', { desiredCapacity: 4 }), endMinute: MONDAY_AT_NINE + 25 };
    const { clock, loop } = startLoop({
      policy: { platform: 'ec2', targetTracking: [{ ...CPU, scaleInCooldownSeconds: 0 }], scheduledActions: [ends] },
      startMinute: MONDAY_AT_NINE,
    });
    clock.runUntil(3600);
    expect(steps(loop).filter(([, from, to]) => to > from)).toEqual([
      [616, 2, 4],
      [1216, 2, 4],
    ]);
  });
});

describe('scheduled actions in time zones', () => {
  const at = (text: string): number => parseTimestamp(text)!;
  const nine = parseSchedule('cron(0 9 ? * * *)')!;
  const berlin: ScheduledAction = { name: 'Berlin', schedule: nine, timeZone: 'Europe/Berlin', minCapacity: 4 };
  const newYork: ScheduledAction = { name: 'New York', schedule: nine, timeZone: 'America/New_York', minCapacity: 6 };

  /** The hours after the start at which the actions change the count. */
  function hours(scheduledActions: readonly ScheduledAction[], start: string, endHours = 48): number[] {
    const { clock, loop } = startLoop({ policy: { scheduledActions: [...scheduledActions] }, startMinute: at(start) });
    const atHours: number[] = [];
    for (let hour = 1; hour <= endHours; hour++) {
      const before = loop.activities.length;
      clock.runUntil(3600 * hour + 60);
      if (loop.activities.length > before) atHours.push(hour);
    }
    return atHours;
  }

  test('act at nine by their own clocks, in a scenario that starts in UTC', () => {
    expect(hours([berlin, newYork], '2026-01-05T00:00')).toEqual([8, 14]);
    // in the two weeks in which only New York has changed to summer time.
    expect(hours([berlin, newYork], '2026-03-16T00:00')).toEqual([8, 13]);
    expect(hours([berlin, newYork], '2026-07-06T00:00')).toEqual([7, 13]);
  });

  test('that share a time zone act at nine of a scenario that starts in it', () => {
    expect(hours([berlin], '2026-01-05T00:00')).toEqual([9]);
    expect(hours([newYork], '2026-07-06T00:00')).toEqual([9]);
  });

  test('act an hour earlier on the day on which the clocks are set forward, and later when they are set back', () => {
    const evening: ScheduledAction = {
      ...berlin,
      name: 'Evening',
      minCapacity: 2,
      maxCapacity: 3,
      schedule: parseSchedule('cron(0 0 ? * * *)')!,
    };
    // from Saturday noon: Sunday at 0:00 and 9:00, Monday at 0:00 and 9:00.
    const bounds = { ...berlin, maxCapacity: 12 };
    expect(hours([bounds, evening], '2026-01-10T12:00')).toEqual([21, 36, 45]);
    expect(hours([bounds, evening], '2026-03-28T12:00')).toEqual([20, 35, 44]);
    expect(hours([bounds, evening], '2026-10-24T12:00')).toEqual([22, 37, 46]);
  });

  test('leave out a time that the clocks skip', () => {
    const skipped: ScheduledAction = { ...berlin, schedule: parseSchedule('cron(30 2 29 3 ? *)')! };
    const twice: ScheduledAction = { ...berlin, schedule: parseSchedule('cron(30 2 25 10 ? *)')! };
    expect(hours([skipped], '2026-03-28T12:00')).toEqual([]);
    expect(hours([twice], '2026-10-24T12:00')).toEqual([15]);
  });

  test('start and end in UTC', () => {
    const limited = { ...newYork, startMinute: at('2026-01-06T00:00'), endMinute: at('2026-01-06T14:00') };
    expect(hours([limited], '2026-01-05T00:00')).toEqual([33]);
    expect(hours([{ ...limited, endMinute: at('2026-01-06T13:59') }], '2026-01-05T00:00')).toEqual([]);
  });
});

describe('predictive scaling', () => {
  test('raises the minimum ahead of the load and takes nothing away itself', () => {
    const predictedMinimums = [
      { atSeconds: 100, minCapacity: 5 },
      { atSeconds: 200, minCapacity: 50 },
      { atSeconds: 300, minCapacity: 0 },
    ];
    const { clock, loop } = startLoop({ policy: { targetTracking: [CPU] }, predictedMinimums });
    const bounds = [100, 200, 1000].map((atSeconds) => {
      clock.runUntil(atSeconds);
      return loop.capacityBounds.min;
    });
    expect(bounds).toEqual([5, 6, 2]);
    expect(steps(loop)).toEqual([
      [100, 2, 5],
      // never beyond the maximum.
      [200, 5, 6],
      [905, 6, 5],
    ]);
    expect(loop.activities[0]).toMatchObject({ origin: 'predicted-minimum', cause: 'predictive scaling set the minimum capacity to 5' });
  });
});
