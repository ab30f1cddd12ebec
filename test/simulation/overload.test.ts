import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/service-plan';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { requestsPerSecondAtCpu } from '../../src/workload/cpu-demand';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const SEEDS = 15;

/** 6 ms of CPU per request: a task of 0.25 vCPU serves 36 requests per second at most, and 20 at 60 % CPU. */
const COSTLY_WORKLOAD = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.006 };

function outcomesOf(scenario: Omit<Scenario, 'seed'>): Outcome[] {
  return Array.from({ length: SEEDS }, (_, seed) => forecast({ ...scenario, seed }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function scenarioOf(traffic: string, plan: Plan, behavior: Partial<AwsBehavior> = {}): Omit<Scenario, 'seed'> {
  return { plan, workload: COSTLY_WORKLOAD, traffic: parseTraffic(traffic), behavior: { ...AWS_BEHAVIOR, ...behavior } };
}

describe('two tasks whose load begins far above their capacity, with targets of 25 requests per second and 60 % CPU', () => {
  const plan = searchPlan(2, 100, [requestTarget(25 * 60), cpuTarget(60)]);
  const checked = { ...plan, healthCheck: { ...plan.healthCheck, intervalSeconds: 10 } };

  test.each([100, 120, 150, 200, 300, 400, 600, 1000])('get about the tasks that %i requests per second need', (rate) => {
    const needed = Math.ceil(rate / requestsPerSecondAtCpu(plan.task, COSTLY_WORKLOAD, 60));
    const tasks = median(outcomesOf(scenarioOf(`rps ${rate} for 50m`, checked)).map(({ totals }) => totals.maxTasks));
    expect(tasks).toBeGreaterThanOrEqual(needed);
    expect(tasks).toBeLessThanOrEqual(1.2 * needed + 1);
  });
});

test('a metric per target is never above all requests of its period, and is always reported', () => {
  const loads = fc.record({ tasks: fc.integer({ min: 1, max: 5 }), rate: fc.integer({ min: 1, max: 600 }), seed: fc.nat() });
  fc.assert(
    fc.property(loads, ({ tasks, rate, seed }) => {
      const plan = searchPlan(tasks, 20, [requestTarget(1500)]);
      const { timeline } = forecast({ ...scenarioOf(`rps ${rate} for 15m`, plan), seed });
      for (const { requestCountPerTarget } of timeline) {
        expect(requestCountPerTarget).toBeLessThanOrEqual(60 * rate + 1e-6);
        expect(requestCountPerTarget).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 60 },
  );
});

test('a minute without a healthy task counts its requests per registered task: the alarm rings', () => {
  const plan = searchPlan(2, 10, [requestTarget(1500)]);
  const faults = [{ kind: 'fail-health-check' as const, atSeconds: 60, count: 2, durationSeconds: 600 }];
  const { timeline } = forecast({ ...scenarioOf('rps 40 for 8m', plan), faults, workload: MEASURED_SEARCH_WORKLOAD, seed: 1 });
  const unhealthy = timeline.filter(({ healthyCount }) => healthyCount === 0);
  expect(unhealthy.length).toBeGreaterThan(0);
  for (const { requestCountPerTarget } of timeline) expect(requestCountPerTarget).toBeGreaterThan(0);
});

describe('a service at 2.8 times its capacity that drains for 300 seconds', () => {
  const plan = { ...searchPlan(2, 10, [cpuTarget(60)]), deregistrationDelaySeconds: 300 };
  const rate = Math.round(2.8 * 2 * requestsPerSecondAtCpu(plan.task, COSTLY_WORKLOAD, 100));

  test('reaches its maximum within an hour', () => {
    const desired = outcomesOf(scenarioOf(`rps ${rate} for 1h`, plan)).map(({ timeline }) => timeline.at(-1)!.desiredCount);
    expect(median(desired)).toBe(10);
  });

  test('stays small if an activity waits for tasks that drain, and their CPU counts', () => {
    const behavior = { activityCompletion: 'all-steady', drainingTasksInUtilization: 'counted' } as const;
    const desired = outcomesOf(scenarioOf(`rps ${rate} for 1h`, plan, behavior)).map(({ timeline }) => timeline.at(-1)!.desiredCount);
    expect(median(desired)).toBeLessThan(10);
  });
});

describe('scale-ins with a drain and a cooldown of 300 seconds', () => {
  const plan = { ...searchPlan(2, 6, [cpuTarget(60)]), deregistrationDelaySeconds: 300 };

  test.each([
    ['running-count', 360],
    ['all-steady', 660],
  ] as const)('an activity that is complete at the %s: %i seconds apart', (activityCompletion, spacing) => {
    const scenario = {
      ...scenarioOf('rps 3500 for 20m, rps 10 for 80m', plan, { activityCompletion }),
      workload: MEASURED_SEARCH_WORKLOAD,
    };
    const gaps = outcomesOf(scenario).flatMap(({ activities }) => {
      const times = activities.filter(({ fromCapacity, toCapacity }) => toCapacity < fromCapacity).map(({ startSeconds }) => startSeconds);
      return times.slice(1).map((time, index) => time - times[index]!);
    });
    expect(gaps.length).toBeGreaterThanOrEqual(SEEDS);
    expect(median(gaps)).toBeCloseTo(spacing, 6);
  });
});

test('an unhealthy task that drains does not hold back the next scale-out', () => {
  const plan = { ...searchPlan(2, 10, [cpuTarget(60)]), deregistrationDelaySeconds: 1800 };
  const faults = [{ kind: 'fail-health-check' as const, atSeconds: 120, count: 1, durationSeconds: 600 }];
  const scenario = { ...scenarioOf('rps 1200 for 5m, rps 1200..8000 for 25m', plan), workload: MEASURED_SEARCH_WORKLOAD, faults };
  const scaleOuts = outcomesOf(scenario).map(({ activities }) => activities.filter((one) => one.toCapacity > one.fromCapacity).length);
  expect(median(scaleOuts)).toBeGreaterThanOrEqual(3);
});
