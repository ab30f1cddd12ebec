import { expect, test } from 'vitest';
import { ModelledFleet } from '../../src/forecast/modelled-fleet';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { SimulatedTime } from '../../src/time/simulated-time';
import { cpuTarget, searchPlan } from '../search-plan';

/** Two tasks that nobody asks anything; provisioning takes 20 s, a start 10, draining 30 and a stop 5. */
function idleFleet() {
  const time = new SimulatedTime();
  const fleet = new ModelledFleet(time, {
    plan: searchPlan(2, 6, [cpuTarget(60)]),
    workload: { ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0.025, startSeconds: 10, stopSeconds: 5 },
    traffic: parseTraffic('rps 0 for 1h'),
    behavior: { ...AWS_BEHAVIOR, provisioningSeconds: { median: 20, sigma: 0 } },
    seed: 1,
  });
  return { time, fleet };
}

test('a launched task is provisioned, runs, becomes healthy, and is paid for from its launch', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  const seen = [19, 21, 29, 31].map((second) => {
    time.runUntil(second);
    return [fleet.runningCount, fleet.healthyCount, fleet.isSteady];
  });
  expect(seen).toEqual([
    [2, 2, false],
    [3, 2, true],
    [3, 2, true],
    [3, 3, true],
  ]);
  expect(fleet.taskSeconds).toBe(3 * 31);
});

test('a task that starts uses all its CPU, an idle one its fixed part', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  time.runUntil(30);
  const { cpuSeconds, cpuCapacitySeconds } = fleet.counters;
  expect(cpuSeconds).toBeCloseTo(2 * 30 * 0.025 + 10 * 0.25, 9);
  expect(cpuCapacitySeconds).toBeCloseTo((2 * 30 + 10) * 0.25, 9);
});

test('a task that is let go of drains and stops; it counts until then, but no longer as running', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(1);
  expect([fleet.runningCount, fleet.isSteady]).toEqual([1, false]);
  time.runUntil(35);
  expect(fleet.isSteady).toBe(true);
  expect(fleet.counters.cpuCapacitySeconds).toBeCloseTo(2 * 35 * 0.25, 9);
  expect(fleet.counters.healthyTargetSeconds).toBe(35);
  time.runUntil(45);
  expect(fleet.taskSeconds).toBe(2 * 35 + 10);
});

test('a launch that is called off is gone at once', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(4);
  fleet.setDesiredCount(2);
  expect(fleet.isSteady).toBe(true);
  time.runUntil(60);
  expect(fleet.runningCount).toBe(2);
});
