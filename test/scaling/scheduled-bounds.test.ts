import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../src/plan/parse-schedule';
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
