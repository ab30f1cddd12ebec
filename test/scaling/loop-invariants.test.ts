import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../src/plan/parse-schedule';
import type { ScalingPolicy } from '../../src/plan/policy';
import { type Activity, isScaleOut } from '../../src/scaling/activity';
import { CPU, REQUESTS, STEPS, STEPS_DOWN, startLoop } from './started-loop';

const loads = fc.array(fc.record({ cores: fc.double({ min: 0, max: 20, noNaN: true }), minutes: fc.integer({ min: 1, max: 30 }) }), {
  minLength: 1,
  maxLength: 12,
});

const policies: fc.Arbitrary<Partial<ScalingPolicy>> = fc.record({
  minCapacity: fc.integer({ min: 1, max: 4 }),
  maxCapacity: fc.integer({ min: 4, max: 20 }),
  targetTracking: fc.subarray([CPU, REQUESTS, { ...CPU, name: 'Fast', metric: 'ECSServiceAverageCPUUtilizationHighResolution' as const }]),
  stepScaling: fc.subarray([STEPS, STEPS_DOWN]),
});

interface Load {
  readonly cores: number;
  readonly minutes: number;
}

function run(policy: Partial<ScalingPolicy>, load: readonly Load[], options: Partial<Parameters<typeof startLoop>[0]> = {}) {
  const started = startLoop({ policy, desiredCount: policy.minCapacity ?? 2, ...options });
  const { clock, fleet } = started;
  for (const { cores, minutes } of load) {
    fleet.cores = cores;
    fleet.requestsPerSecond = 10 * cores;
    clock.runUntil(clock.nowSeconds + 60 * minutes);
  }
  return started;
}

describe('whatever the load and the policies', () => {
  test('the count stays within its bounds, and each activity goes on from where the last one left off', () => {
    fc.assert(
      fc.property(policies, loads, (policy, load) => {
        const { loop } = run(policy, load);
        let count = policy.minCapacity!;
        for (const { fromCapacity, toCapacity } of loop.activities) {
          expect(fromCapacity).toBe(count);
          expect(toCapacity).not.toBe(count);
          expect(toCapacity).toSatisfy((to: number) => to >= policy.minCapacity! && to <= policy.maxCapacity!);
          count = toCapacity;
        }
        expect(loop.desiredCount).toBe(count);
      }),
      { numRuns: 60 },
    );
  });

  test('nothing is taken away within the cooldown of what was taken away before, unless tasks were added between', () => {
    fc.assert(
      fc.property(policies, loads, (policy, load) => {
        const { loop } = run(policy, load);
        for (const [before, after] of pairs(loop.activities)) {
          if (isScaleOut(before) || isScaleOut(after)) continue;
          expect(before.statusCode).toBe('Successful');
          expect(after.startSeconds - before.endSeconds!).toBeGreaterThanOrEqual(300);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('nothing is taken away while a deployment goes on', () => {
    fc.assert(
      fc.property(policies, loads, (policy, load) => {
        const started = startLoop({ policy, desiredCount: policy.maxCapacity! });
        started.fleet.isDeploying = true;
        for (const { cores, minutes } of load) {
          started.fleet.cores = cores;
          started.clock.runUntil(started.clock.nowSeconds + 60 * minutes);
        }
        expect(started.loop.activities.filter((activity) => !isScaleOut(activity))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('schedules move the bounds, and the count never leaves those of the hour', () => {
    const scheduledActions = [
      { name: 'up', schedule: parseSchedule('cron(10 * * * ? *)')!, minCapacity: 5, maxCapacity: 9 },
      { name: 'down', schedule: parseSchedule('cron(40 * * * ? *)')!, minCapacity: 1, maxCapacity: 3 },
    ];
    fc.assert(
      fc.property(policies, loads, (policy, load) => {
        const { loop } = run({ ...policy, scheduledActions }, load);
        for (const { startSeconds, toCapacity } of loop.activities) {
          const minute = ((startSeconds - 16) / 60) % 60;
          if (startSeconds < 616) continue;
          const [min, max] = minute >= 10 && minute < 40 ? [5, 9] : [1, 3];
          expect(toCapacity).toSatisfy((to: number) => to >= min! && to <= max!);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('more load never gets fewer tasks in one step', () => {
  const cores = fc.double({ min: 1.3, max: 30, noNaN: true });
  const after = (load: number): number =>
    run({ maxCapacity: 50, targetTracking: [REQUESTS] }, [{ cores: load * 10, minutes: 4 }]).loop.activities[0]!.toCapacity;
  fc.assert(
    fc.property(cores, cores, (a, b) => {
      expect(after(Math.max(a, b))).toBeGreaterThanOrEqual(after(Math.min(a, b)));
    }),
    { numRuns: 30 },
  );
});

function pairs(activities: readonly Activity[]): [Activity, Activity][] {
  return activities.slice(1).map((after, index) => [activities[index]!, after]);
}
