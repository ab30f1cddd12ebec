import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/service-plan';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { simulatedFleet } from '../../src/simulation/simulated-fleet';
import { SimulatedClock } from '../../src/time/simulated-clock';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/**
 * Two tasks without traffic. Provisioning takes 20 s, a start 10, draining 30 and a stop 5; the first health check is after half of
 * the interval of 30 s.
 */
function idleFleet(changes: Partial<Plan> = {}, scenario: Partial<Scenario> = {}) {
  const clock = new SimulatedClock();
  const { fleet, events } = simulatedFleet(clock, {
    plan: { ...searchPlan(2, 6, [cpuTarget(60)]), ...changes },
    workload: { ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0.025, startUpSeconds: 10, stopSeconds: 5 },
    traffic: parseTraffic('rps 0 for 1h'),
    behavior: {
      ...AWS_BEHAVIOR,
      provisioningSeconds: { median: 20, sigma: 0 },
      firstHealthCheckShare: { min: 0.5, max: 0.5 },
      registrationLagSeconds: { min: 0, max: 0 },
    },
    seed: 1,
    ...scenario,
  });
  return { clock, fleet, events };
}

test('a launched task is provisioned, runs, becomes healthy at its first check, and is billed from its launch', () => {
  const { clock, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  const seen = [19, 21, 34, 36].map((second) => {
    clock.runUntil(second);
    return [fleet.runningCount, fleet.healthyCount, fleet.isSteady];
  });
  expect(seen).toEqual([
    [2, 2, false],
    [3, 2, true],
    [3, 2, true],
    [3, 3, true],
  ]);
  expect(fleet.billedTaskSeconds).toBe(3 * 36);
});

test('requests reach a new target some seconds after the check that it passed', () => {
  const behavior = { ...AWS_BEHAVIOR, provisioningSeconds: { median: 20, sigma: 0 }, firstHealthCheckShare: { min: 0.5, max: 0.5 } };
  const { clock, fleet } = idleFleet({}, { behavior: { ...behavior, registrationLagSeconds: { min: 8, max: 8 } } });
  fleet.setDesiredCount(3);
  const healthy = [42, 44].map((second) => {
    clock.runUntil(second);
    return fleet.healthyCount;
  });
  expect(healthy).toEqual([2, 3]);
});

test('a task that does not listen when it is first checked waits for the next check', () => {
  const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 10 };
  const { clock, fleet } = idleFleet({ healthCheck });
  fleet.setDesiredCount(3);
  // checked at 25 while it starts, and at 35.
  const healthy = [34, 36].map((second) => {
    clock.runUntil(second);
    return fleet.healthyCount;
  });
  expect(healthy).toEqual([2, 3]);
});

test('a task that starts for longer than its checks and grace period is replaced, unless it is registered once it listens', () => {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, startUpSeconds: 200, stopSeconds: 5 };
  const lostIn = (scenario: Partial<Scenario>) => {
    const { clock, fleet, events } = idleFleet({}, { workload, ...scenario });
    fleet.setDesiredCount(3);
    clock.runUntil(600);
    return { lost: events.entries.filter(({ kind }) => kind === 'task-lost').length, healthy: fleet.healthyCount };
  };
  expect(lostIn({}).lost).toBeGreaterThan(2);
  expect(lostIn({ registersOnceListening: true })).toEqual({ lost: 0, healthy: 3 });
});

test('a task that starts uses all its CPU, an idle one its idle CPU', () => {
  const { clock, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  clock.runUntil(30);
  const { cpuSeconds, cpuCapacitySeconds } = fleet.counters;
  expect(cpuSeconds).toBeCloseTo(2 * 30 * 0.025 + 10 * 0.25, 9);
  expect(cpuCapacitySeconds).toBeCloseTo((2 * 30 + 10) * 0.25, 9);
});

test('memory is the idle memory of each task, of the memory of all that run', () => {
  const { clock, fleet } = idleFleet();
  clock.runUntil(10);
  const { memoryMiBSeconds, memoryCapacityMiBSeconds } = fleet.counters;
  expect([memoryMiBSeconds, memoryCapacityMiBSeconds]).toEqual([2 * 10 * 46, 2 * 10 * 512]);
});

test('a surplus task drains and stops; it uses CPU and memory until then, but is not RUNNING', () => {
  const { clock, fleet } = idleFleet();
  fleet.setDesiredCount(1);
  expect([fleet.runningCount, fleet.isSteady]).toEqual([1, false]);
  clock.runUntil(35);
  expect(fleet.isSteady).toBe(true);
  expect(fleet.counters.cpuCapacitySeconds).toBeCloseTo(2 * 35 * 0.25, 9);
  expect(fleet.counters.drainingCpuCapacitySeconds).toBeCloseTo(35 * 0.25, 9);
  expect(fleet.counters.healthyTargetSeconds).toBe(35);
  clock.runUntil(45);
  expect(fleet.billedTaskSeconds).toBe(2 * 35 + 10);
});

test('a task that stops sooner is billed for a minute, one that runs longer by the second', () => {
  const { clock, fleet } = idleFleet();
  fleet.setDesiredCount(3);
  // it is provisioned for 20 seconds, and stopped before.
  clock.runUntil(10);
  fleet.setDesiredCount(2);
  clock.runUntil(40);
  expect(fleet.billedTaskSeconds).toBe(2 * 40 + 60);
  fleet.setDesiredCount(3);
  clock.runUntil(80);
  fleet.setDesiredCount(2);
  // it drains for 30 seconds after 40, and stops for 5.
  clock.runUntil(200);
  expect(fleet.billedTaskSeconds).toBe(2 * 200 + 60 + 40 + 30 + 5);
});

test('a task that is stopped before its launch is STOPPED at once', () => {
  const { clock, fleet } = idleFleet();
  fleet.setDesiredCount(4);
  fleet.setDesiredCount(2);
  expect(fleet.isSteady).toBe(true);
  clock.runUntil(60);
  expect(fleet.runningCount).toBe(2);
});

describe('a task that starts for longer than its health checks allow', () => {
  test('is replaced again and again without a grace period, and never serves', () => {
    const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 5, timeoutSeconds: 2 };
    const deployment = { ...searchPlan(2, 6, []).deployment, healthCheckGracePeriodSeconds: 0 };
    const { clock, fleet, events } = idleFleet({ healthCheck, deployment });
    fleet.setDesiredCount(3);
    clock.runUntil(600);
    expect(fleet.healthyCount).toBe(2);
    expect(events.entries.filter(({ description }) => description === 'a task failed its health checks').length).toBeGreaterThan(10);
  });

  test('is not replaced during its grace period', () => {
    const healthCheck = { ...searchPlan(2, 6, []).healthCheck, intervalSeconds: 5, timeoutSeconds: 2 };
    const { clock, fleet, events } = idleFleet({ healthCheck });
    fleet.setDesiredCount(3);
    clock.runUntil(60);
    expect([fleet.healthyCount, events.entries]).toEqual([3, []]);
  });
});

test('with slow start a new task gets more requests with every second', () => {
  const clock = new SimulatedClock();
  const { fleet, requests } = simulatedFleet(clock, {
    plan: {
      ...searchPlan(1, 6, [cpuTarget(60)]),
      routing: { algorithm: 'round_robin', slowStartSeconds: 100, enableAnomalyMitigation: false },
    },
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.0025, idleVcpu: 0, baseLatencySeconds: 0, startUpSeconds: 0 },
    traffic: parseTraffic('rps 105 for 1h'),
    behavior: {
      ...AWS_BEHAVIOR,
      provisioningSeconds: { median: 20, sigma: 0 },
      firstHealthCheckShare: { min: 0, max: 0 },
      registrationLagSeconds: { min: 0, max: 0 },
    },
    seed: 1,
  });
  const waiting = (second: number) => {
    clock.runUntil(second);
    return requests.takeMeasurements().inFlightRequests;
  };
  // one task serves 100 per second: until the other one gets a twentieth of them, the queue grows.
  fleet.setDesiredCount(2);
  const [alone, begun, relieved] = [waiting(20), waiting(24), waiting(120)];
  expect(alone).toBeGreaterThan(80);
  expect(begun).toBeGreaterThan(alone!);
  expect(relieved).toBeLessThan(5);
});
