import { expect, test } from 'vitest';
import type { Scenario } from '../../src/run/scenario';
import { forecast } from '../../src/simulation/forecast';
import { neededVcpuAt } from '../../src/workload/cpu-demand';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';
import { searchScenario } from './search-scenario';

const VCPU = 0.25;
const WORKLOAD: Workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerWakeUp: 0.000_25, idleVcpu: 0.01 };

/** The CPU of two tasks in the tenth minute, in percent. */
function cpuAfter10Minutes(traffic: string, changes: Partial<Scenario> = {}): number {
  const plan = searchPlan(2, 2, [cpuTarget(99)]);
  const { timeline } = forecast(searchScenario(traffic, { plan, workload: WORKLOAD, ...changes }));
  return timeline[10]!.cpuUtilizationPercent!;
}

test.each([100, 400, 1000, 2000, 3000])('tasks that get %d requests per second are woken up for a share of them', (perSecond) => {
  const percent = (100 * neededVcpuAt(perSecond / 2, WORKLOAD, VCPU)) / VCPU;
  expect(cpuAfter10Minutes(`rps ${perSecond} for 20m`)).toBeCloseTo(percent, 3);
  expect(percent).toBeGreaterThan((100 * neededVcpuAt(perSecond / 2, { ...WORKLOAD, cpuSecondsPerWakeUp: 0 }, VCPU)) / VCPU);
});

test('users wake the tasks up as often as requests at the same rate do', () => {
  const users = forecast(searchScenario('users 60 think 100ms for 20m', { plan: searchPlan(2, 2, [cpuTarget(99)]), workload: WORKLOAD }))
    .timeline[10]!;
  const percent = (100 * neededVcpuAt(users.servedRequestsPerSecond / 2, WORKLOAD, VCPU)) / VCPU;
  expect(users.cpuUtilizationPercent).toBeCloseTo(percent, 3);
});

test('overloaded tasks serve as much as if a wake-up cost nothing', () => {
  const rowWith = (cpuSecondsPerWakeUp: number) => {
    const parts = { plan: searchPlan(2, 2, [cpuTarget(99)]), workload: { ...WORKLOAD, cpuSecondsPerWakeUp } };
    return forecast(searchScenario('rps 6000 for 20m', parts)).timeline[10]!;
  };
  const [row, without] = [rowWith(0.000_25), rowWith(0)];
  expect(row.servedRequestsPerSecond).toBeCloseTo(without.servedRequestsPerSecond, 0);
});

test('a task on a core of half the speed wakes up at twice the cost', () => {
  const slow = cpuAfter10Minutes('rps 400 for 20m', {
    faults: [{ kind: 'slow-task', atSeconds: 0, count: 2, durationSeconds: 1200, relativeSpeed: 0.5 }],
  });
  const workload = {
    ...WORKLOAD,
    cpuSecondsPerRequest: 2 * WORKLOAD.cpuSecondsPerRequest,
    cpuSecondsPerWakeUp: 2 * WORKLOAD.cpuSecondsPerWakeUp,
  };
  expect(slow).toBeCloseTo((100 * neededVcpuAt(200, workload, VCPU)) / VCPU, 3);
});

test.each([
  ['an open load whose rate rises', 'rps 0..240 for 12m'],
  ['users beside a rate', 'users 100 think 1s beside rps 20 for 12m'],
])('%s has the latency of a constant rate, as it wakes the tasks up as often', (_, changing) => {
  const workload: Workload = {
    ...WORKLOAD,
    cpuSecondsPerRequest: 0.001,
    cpuSecondsPerWakeUp: 0.005,
    baseLatencySeconds: 0.001,
    idleVcpu: 0,
  };
  const p50MillisOf = (traffic: string): number => {
    const { timeline } = forecast(searchScenario(traffic, { plan: searchPlan(2, 2, [cpuTarget(99)]), workload }));
    // about 120 requests per second in each.
    return timeline[6]!.p50Millis!;
  };
  const ratio = p50MillisOf(changing) / p50MillisOf('rps 120 for 12m');
  expect(ratio).toBeGreaterThan(0.85);
  expect(ratio).toBeLessThan(1.15);
});
