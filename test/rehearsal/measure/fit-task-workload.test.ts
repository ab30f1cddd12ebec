import { expect, test } from 'vitest';
import { fitTaskWorkload } from '../../../rehearsal/measure/fit-task-workload';
import type { LoadMeasurement } from '../../../rehearsal/measure/load-meter';
import type { TaskMeasurements } from '../../../rehearsal/measure/task-measurements';

const VCPU = 0.25;
const IDLE_VCPU = 0.002;
const TIMES = { startUpSeconds: 1, stopSeconds: 0.1 };

/** What `measure` saw: a rate, and the vCPU that a task used. */
function load(requestsPerSecond: number, usedVcpu: number): LoadMeasurement {
  return { requestsPerSecond, usedVcpu, latencySeconds: 0.001 };
}

/** Loads of a task whose last one is its limit. */
function measured(loads: readonly LoadMeasurement[], changes: Partial<TaskMeasurements> = {}): TaskMeasurements {
  const measurement = loads.at(-1)!;
  const machine = { cores: 2, busyShare: 0.6, commandVcpu: 0.4, loadBalancerShare: 0, loadGeneratorShare: 0.3 };
  return {
    unusualResponses: [],
    warmUp: { seconds: 15, isSettled: true, firstCpuSecondsPerRequest: 0, lastCpuSecondsPerRequest: 0 },
    idleVcpu: IDLE_VCPU,
    points: loads.slice(0, -1),
    limit: { usersPerTask: 16, measurement, machine },
    singleUserLatencySeconds: 0.001,
    isSlow: false,
    ...changes,
  };
}

/** The loads of a task whose requests cost c, and w on top for the share of the time in which it waits. */
function loadsOf(c: number, w: number, shares: readonly number[]): LoadMeasurement[] {
  const vcpu = VCPU - IDLE_VCPU;
  return shares.map((share) => {
    const rate = (vcpu * share) / (c + w * (1 - share));
    return load(rate, IDLE_VCPU + vcpu * share);
  });
}

test.each([
  ['a program that wakes up for each request', 0.000_04, 0.000_09],
  ['a program that polls', 0.000_04, 0],
])('%s: the limit says what a request costs, and the loads below it what a wake-up does', (_, c, w) => {
  const { workload, maxResidualShare } = fitTaskWorkload(measured(loadsOf(c, w, [0.2, 0.4, 0.6, 0.8, 1])), TIMES, VCPU);
  expect(workload.cpuSecondsPerRequest).toBeCloseTo(c, 9);
  expect(workload.cpuSecondsPerWakeUp).toBeCloseTo(w, 9);
  expect(maxResidualShare).toBeLessThan(1e-6);
});

test.each([0.91, 0.96, 0.99])('a limit at %f of the CPU has wake-ups too', (share) => {
  const { workload, maxResidualShare } = fitTaskWorkload(measured(loadsOf(0.0001, 0.0003, [0.2, 0.4, 0.6, 0.8, share])), TIMES, VCPU);
  expect(workload.cpuSecondsPerRequest).toBeCloseTo(0.0001, 9);
  expect(workload.cpuSecondsPerWakeUp).toBeCloseTo(0.0003, 9);
  expect(maxResidualShare).toBeLessThan(1e-6);
});

test('the fit meets the limit, however much the loads below it are off', () => {
  const loads = [load(1000, 0.12), load(2000, 0.15), load(3000, 0.25), load(4000, 0.25)];
  const { workload } = fitTaskWorkload(measured(loads), TIMES, VCPU);
  expect((VCPU - IDLE_VCPU) / workload.cpuSecondsPerRequest).toBeCloseTo(4000, 6);
});

test('where this machine ended the growth of the rate, both costs are fitted to the loads', () => {
  const { workload } = fitTaskWorkload(measured(loadsOf(0.000_04, 0.000_09, [0.2, 0.4, 0.6, 0.8])), TIMES, VCPU);
  expect(workload.cpuSecondsPerRequest).toBeCloseTo(0.000_04, 9);
  expect(workload.cpuSecondsPerWakeUp).toBeCloseTo(0.000_09, 9);
});

test.each<[string, readonly LoadMeasurement[], Partial<TaskMeasurements>]>([
  ['loads that use little of the CPU do not tell a wake-up from a request', loadsOf(0.000_04, 0.000_09, [0.1, 0.2, 0.3]), {}],
  ['requests that take long are too few to tell', loadsOf(0.04, 0.09, [0.2, 0.5, 1]), { isSlow: true }],
  ['a request that costs more at the limit needs no wake-ups', [load(1000, 0.04), load(2000, 0.1), load(3000, 0.25)], {}],
])('%s', (_, loads, changes) => {
  const { workload } = fitTaskWorkload(measured(loads, changes), TIMES, VCPU);
  expect(workload.cpuSecondsPerWakeUp).toBe(0);
  expect(workload.cpuSecondsPerRequest).toBeGreaterThan(0);
});

test('the latency without CPU is what is left of the latency of the load with the least', () => {
  const loads = loadsOf(0.000_1, 0.000_2, [0.1, 0.5, 1]);
  const { workload } = fitTaskWorkload(measured(loads), TIMES, VCPU);
  const costAtLowest = (loads[0]!.usedVcpu - IDLE_VCPU) / loads[0]!.requestsPerSecond;
  expect(workload.baseLatencySeconds).toBeCloseTo(0.001 - costAtLowest, 9);
});
