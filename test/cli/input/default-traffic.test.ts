import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coreSpeedFor, defaultTraffic, firstTargetOf, surgeRequestsPerSecond } from '../../../cli/input/default-traffic';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../../search-plan';

const plan = searchPlan(2, 4, [cpuTarget(60)]);

function scenarioOf(workload: Partial<Workload>) {
  return { plan, workload: { ...MEASURED_SEARCH_WORKLOAD, ...workload }, behavior: AWS_BEHAVIOR, seed: 1 };
}

/** What a request costs on a slower core. */
function slowedBy(coreSpeed: number, { workload: { cpuSecondsPerRequest, idleVcpu } }: ReturnType<typeof scenarioOf>) {
  return scenarioOf({ cpuSecondsPerRequest: cpuSecondsPerRequest / coreSpeed, idleVcpu: idleVcpu / coreSpeed });
}

test('the surge of a fast service fits into a machine on a core that is slower', () => {
  const fast = scenarioOf({ cpuSecondsPerRequest: 0.000_04, idleVcpu: 0.002 });
  expect(surgeRequestsPerSecond(fast)).toBeCloseTo(1.3 * 2 * 3700);
  const coreSpeed = coreSpeedFor(fast, 3000);
  expect(coreSpeed).toBeCloseTo(0.31, 2);
  expect(surgeRequestsPerSecond(slowedBy(coreSpeed, fast))).toBeLessThanOrEqual(3000);
  // and the service still scales out and in again.
  const slower = slowedBy(coreSpeed, fast);
  const { activities } = forecast({ ...slower, traffic: defaultTraffic(slower, 3000) });
  expect(Math.max(...activities.map(({ toCapacity }) => toCapacity))).toBe(3);
  expect(activities.at(-1)).toMatchObject({ toCapacity: 2 });
});

test('no core is slower than needed, and none so slow that the fixed CPU fills the task', () => {
  const rates = fc.double({ min: 1, max: 1e6, noNaN: true });
  const costs = fc.double({ min: 1e-6, max: 0.1, noNaN: true });
  const idle = fc.double({ min: 0, max: 0.1, noNaN: true });
  fc.assert(
    fc.property(rates, costs, idle, (maxRate, cpuSecondsPerRequest, idleVcpu) => {
      const scenario = scenarioOf({ cpuSecondsPerRequest, idleVcpu });
      const coreSpeed = coreSpeedFor(scenario, maxRate);
      expect(coreSpeed).toBeGreaterThanOrEqual(0.05);
      expect(coreSpeed).toBeLessThanOrEqual(1);
      if (surgeRequestsPerSecond(scenario) <= maxRate) expect(coreSpeed).toBe(1);
      if (coreSpeed < 1) expect(idleVcpu / coreSpeed).toBeLessThanOrEqual(0.2 * 0.25 + 1e-9);
    }),
  );
});

test('the users of chosen traffic never send more than the machine can make', () => {
  const fast = scenarioOf({ cpuSecondsPerRequest: 0.000_01 });
  const users = [...defaultTraffic(fast, 1000).phases].map(({ to }) => to);
  expect(Math.max(...users) / 0.25).toBeLessThanOrEqual(1200);
});

test('the surge passes the target that a task reaches first', () => {
  const { workload } = scenarioOf({ cpuSecondsPerRequest: 0.001, idleVcpu: 0.01 });
  const first = (...targets: Parameters<typeof searchPlan>[2]) => firstTargetOf(searchPlan(2, 4, targets), workload);
  expect(first(cpuTarget(60), requestTarget(6000))).toEqual({ name: 'request target', requestsPerSecondPerTask: 100 });
  expect(first(cpuTarget(60), requestTarget(60_000))).toMatchObject({ name: 'CPU target', requestsPerSecondPerTask: expect.closeTo(140) });
  // a target that the plan does not have is no target.
  expect(first(requestTarget(60_000))).toEqual({ name: 'request target', requestsPerSecondPerTask: 1000 });
  expect(first()).toMatchObject({ name: 'CPU target', requestsPerSecondPerTask: expect.closeTo(115) });
});
