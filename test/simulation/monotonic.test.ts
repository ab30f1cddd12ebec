import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/service-plan';
import type { Outcome } from '../../src/run/outcome';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const SEEDS = 11;

interface Question {
  readonly traffic: string;
  readonly plan?: Plan;
  readonly behavior?: Partial<AwsBehavior>;
}

function outcomesOf({ traffic, plan = searchPlan(2, 12, [cpuTarget(60)]), behavior = {} }: Question): Outcome[] {
  const scenario = { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic(traffic), behavior: { ...AWS_BEHAVIOR, ...behavior } };
  return Array.from({ length: SEEDS }, (_, seed) => forecast({ ...scenario, seed }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function lastDesired({ timeline }: Outcome): number {
  return timeline.at(-1)!.desiredCount;
}

function activitySeconds(outcomes: readonly Outcome[], direction: 'in' | 'out'): number {
  const isOne = ({ fromCapacity, toCapacity }: Outcome['activities'][number]): boolean =>
    toCapacity > fromCapacity === (direction === 'out');
  return median(outcomes.map(({ activities }) => activities.find(isOne)?.startSeconds ?? Number.POSITIVE_INFINITY));
}

test('more load never ends with fewer tasks: not in the median, and by at most two with any seed', () => {
  const loads = fc.tuple(fc.integer({ min: 100, max: 3000 }), fc.integer({ min: 1, max: 3000 }));
  fc.assert(
    fc.property(loads, ([rate, more]) => {
      const less = outcomesOf({ traffic: `rps 100 for 5m, rps ${rate} for 40m` }).map(lastDesired);
      const greater = outcomesOf({ traffic: `rps 100 for 5m, rps ${rate + more} for 40m` }).map(lastDesired);
      expect(median(greater)).toBeGreaterThanOrEqual(median(less));
      for (const [index, count] of greater.entries()) expect(count).toBeGreaterThanOrEqual(less[index]! - 2);
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('a larger maximum never serves fewer requests', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 500, max: 9000 }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      (rate, maximum, more) => {
        const served = (max: number): number => {
          const plan = searchPlan(2, max, [cpuTarget(60)]);
          return median(outcomesOf({ traffic: `rps 100 for 5m, rps ${rate} for 40m`, plan }).map(({ totals }) => totals.servedRequests));
        };
        expect(served(maximum + more)).toBeGreaterThanOrEqual(served(maximum) * 0.999);
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);

const UP_AND_DOWN = 'rps 500 for 5m, rps 5000 for 30m, rps 100 for 75m';

function planWith({ drainSeconds = 30, cooldownSeconds = 300 }): Plan {
  const plan = searchPlan(2, 12, [cpuTarget(60, { scaleInCooldownSeconds: cooldownSeconds })]);
  return { ...plan, deregistrationDelaySeconds: drainSeconds };
}

test('a longer drain is billed for longer', () => {
  const taskHours = [0, 120, 600].map((drainSeconds) =>
    median(outcomesOf({ traffic: UP_AND_DOWN, plan: planWith({ drainSeconds }) }).map(({ totals }) => totals.taskHours)),
  );
  expect(taskHours[1]).toBeGreaterThan(taskHours[0]!);
  expect(taskHours[2]).toBeGreaterThan(taskHours[1]!);
});

test('a longer cooldown keeps tasks for longer', () => {
  const lastCounts = [60, 300, 900].map((cooldownSeconds) => {
    const outcomes = outcomesOf({ traffic: UP_AND_DOWN, plan: planWith({ cooldownSeconds }) });
    return median(outcomes.map(({ totals }) => totals.taskHours));
  });
  expect(lastCounts[1]).toBeGreaterThan(lastCounts[0]!);
  expect(lastCounts[2]).toBeGreaterThan(lastCounts[1]!);
});

test('a later metric scales out and in later', () => {
  const delayed = [0, 60, 180].map((seconds) => {
    const outcomes = outcomesOf({ traffic: UP_AND_DOWN, behavior: { metricDelaySeconds: { min: seconds, max: seconds } } });
    return { out: activitySeconds(outcomes, 'out'), in: activitySeconds(outcomes, 'in') };
  });
  for (const direction of ['out', 'in'] as const) {
    expect(delayed[1]![direction]).toBeGreaterThan(delayed[0]![direction]);
    expect(delayed[2]![direction]).toBeGreaterThan(delayed[1]![direction]);
  }
});
