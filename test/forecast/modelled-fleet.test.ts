import { describe, expect, test } from 'vitest';
import { ModelledFleet } from '../../src/forecast/modelled-fleet';
import type { Plan } from '../../src/plan/plan';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import type { Scenario } from '../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { SimulatedTime } from '../../src/time/simulated-time';
import { cpuTarget, searchPlan } from '../search-plan';

/**
 * Two tasks that nobody asks anything. Provisioning takes 20 s, a start 10, draining 30 and a stop 5; the first health check comes
 * in the middle between two, which are 30 s apart.
 */
function idleFleet(changes: Partial<Plan> = {}, scenario: Partial<Scenario> = {}) {
  const time = new SimulatedTime();
  const fleet = new ModelledFleet(time, {
    plan: { ...searchPlan(2, 6, [cpuTarget(60)]), ...changes },
    workload: { ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0.025, startSeconds: 10, stopSeconds: 5 },
    traffic: parseTraffic('rps 0 for 1h'),
    behavior: { ...AWS_BEHAVIOR, provisioningSeconds: { median: 20, sigma: 0 }, firstHealthCheckShare: { least: 0.5, most: 0.5 } },
    seed: 1,
    ...scenario,
  });
  return { time, fleet };
}

test('a launched task is provisioned, runs, becomes healthy with its first check, and is paid for from its launch', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  const seen = [19, 21, 34, 36].map((second) => {
    time.runUntil(second);
    return [fleet.runningCount, fleet.healthyCount, fleet.isSteady];
  });
  expect(seen).toEqual([
    [2, 2, false],
    [3, 2, true],
    [3, 2, true],
    [3, 3, true],
  ]);
  expect(fleet.taskSeconds).toBe(3 * 36);
});

test('a task that does not listen when it is first checked waits for the next check', () => {
  const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 10 };
  const { time, fleet } = idleFleet({ healthCheck });
  fleet.setDesiredCount(3);
  // checked at 25 while it starts, and at 35.
  const healthy = [34, 36].map((second) => {
    time.runUntil(second);
    return fleet.healthyCount;
  });
  expect(healthy).toEqual([2, 3]);
});

test('a start that outlasts checks and grace costs the task its place, but where it is registered once it listens', () => {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, startSeconds: 200, stopSeconds: 5 };
  const lostIn = (scenario: Partial<Scenario>) => {
    const { time, fleet } = idleFleet({}, { workload, ...scenario });
    fleet.setDesiredCount(3);
    time.runUntil(600);
    return { lost: fleet.events.filter(({ kind }) => kind === 'task-lost').length, healthy: fleet.healthyCount };
  };
  expect(lostIn({}).lost).toBeGreaterThan(2);
  expect(lostIn({ registersOnceListening: true })).toEqual({ lost: 0, healthy: 3 });
});

test('a task that starts uses all its CPU, an idle one its fixed part', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  time.runUntil(30);
  const { cpuSeconds, cpuCapacitySeconds } = fleet.counters;
  expect(cpuSeconds).toBeCloseTo(2 * 30 * 0.025 + 10 * 0.25, 9);
  expect(cpuCapacitySeconds).toBeCloseTo((2 * 30 + 10) * 0.25, 9);
});

test('memory is what each task has whatever it does, of what all that run may use', () => {
  const { time, fleet } = idleFleet();
  time.runUntil(10);
  const { memoryMiBSeconds, memoryCapacityMiBSeconds } = fleet.counters;
  expect([memoryMiBSeconds, memoryCapacityMiBSeconds]).toEqual([2 * 10 * 46, 2 * 10 * 512]);
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

test('a task that ends sooner is paid for a minute, one that takes longer by the second', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  // it is provisioned for 20 seconds, and called off before.
  time.runUntil(10);
  fleet.setDesiredCount(2);
  time.runUntil(40);
  expect(fleet.taskSeconds).toBe(2 * 40 + 60);
  fleet.setDesiredCount(3);
  time.runUntil(80);
  fleet.setDesiredCount(2);
  // it drains for 30 seconds after 40, and stops for 5.
  time.runUntil(200);
  expect(fleet.taskSeconds).toBe(2 * 200 + 60 + 40 + 30 + 5);
});

test('a launch that is called off is gone at once', () => {
  const { time, fleet } = idleFleet();
  fleet.setDesiredCount(4);
  fleet.setDesiredCount(2);
  expect(fleet.isSteady).toBe(true);
  time.runUntil(60);
  expect(fleet.runningCount).toBe(2);
});

describe('a task that needs longer to start than its health checks have patience', () => {
  test('is replaced again and again where there is no grace period, and never serves', () => {
    const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 5, timeoutSeconds: 2 };
    const deployment = { ...searchPlan(2, 6, []).deployment, healthCheckGracePeriodSeconds: 0 };
    const { time, fleet } = idleFleet({ healthCheck, deployment });
    fleet.setDesiredCount(3);
    time.runUntil(600);
    expect(fleet.healthyCount).toBe(2);
    expect(fleet.events.filter(({ description }) => description === 'a task failed its health checks').length).toBeGreaterThan(10);
  });

  test('is left alone during one', () => {
    const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 5, timeoutSeconds: 2 };
    const { time, fleet } = idleFleet({ healthCheck });
    fleet.setDesiredCount(3);
    time.runUntil(60);
    expect([fleet.healthyCount, fleet.events]).toEqual([3, []]);
  });
});

test('with slow start a task that joins others is sent more with every second', () => {
  const time = new SimulatedTime();
  const fleet = new ModelledFleet(time, {
    plan: { ...searchPlan(1, 6, [cpuTarget(60)]), routing: { algorithm: 'round_robin', slowStartSeconds: 100, mitigatesAnomalies: false } },
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.0025, fixedCores: 0, baseLatencySeconds: 0, startSeconds: 0 },
    traffic: parseTraffic('rps 105 for 1h'),
    behavior: { ...AWS_BEHAVIOR, provisioningSeconds: { median: 20, sigma: 0 }, firstHealthCheckShare: { least: 0, most: 0 } },
    seed: 1,
  });
  const waiting = (second: number) => {
    time.runUntil(second);
    return fleet.takeReading().inFlightRequests;
  };
  // one task answers 100 in a second: until the other one takes a twentieth of them, more and more wait.
  fleet.setDesiredCount(2);
  const [alone, begun, relieved] = [waiting(20), waiting(24), waiting(120)];
  expect(alone).toBeGreaterThan(80);
  expect(begun).toBeGreaterThan(alone!);
  expect(relieved).toBeLessThan(5);
});
