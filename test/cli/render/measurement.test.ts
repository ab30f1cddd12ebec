import { expect, test } from 'vitest';
import type { WatchedPoint } from '../../../cli/rehearsal/watched-load';
import { recommendedTargets } from '../../../cli/render/measurement';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../../search-plan';

const plan = searchPlan(2, 4, [cpuTarget(60)]);

function seen(requestsPerSecond: number): { readonly saturated: WatchedPoint } {
  return { saturated: { requestsPerSecond, cores: 0.25, latencySeconds: 0.01 } };
}

test('the request target is the rate at which the CPU target is reached', () => {
  // (0.25 vCPU x 60 % - 0.0315 cores) / 0.1195 ms, in two digits.
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(2000))).toEqual({
    targetCpuUtilizationPercent: 60,
    requestsPerSecondPerTask: 990,
  });
});

test('there is none where a task was seen to answer less than half of that: CPU is not what it is short of', () => {
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(495))).toMatchObject({ requestsPerSecondPerTask: 990 });
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(494))).toMatch(
    /^none: .* 990 requests per second, and was seen to answer 494\. /,
  );
});

test('there is none where an idle task uses more than the CPU target', () => {
  expect(recommendedTargets(plan, { ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0.2 }, seen(2000))).toMatch(/^none: /);
});
