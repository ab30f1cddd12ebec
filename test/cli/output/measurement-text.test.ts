import { expect, test } from 'vitest';
import { recommendedTargets } from '../../../cli/output/measurement-text';
import type { LoadMeasurement } from '../../../rehearsal/measure/load-meter';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

const plan = searchPlan(2, 4, [cpuTarget(60)]);

function seen(requestsPerSecond: number): { readonly atMaxThroughput: LoadMeasurement } {
  return { atMaxThroughput: { requestsPerSecond, usedVcpu: 0.25, latencySeconds: 0.01 } };
}

test('recommends the request rate at which the CPU target is reached', () => {
  // (0.25 vCPU x 60 % - 0.0315 cores) / 0.1195 ms, to two digits.
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(2000))).toEqual({
    targetCpuUtilizationPercent: 60,
    requestsPerSecondPerTask: 990,
  });
});

test('recommends none if the measured maximum is less than half of that: CPU is not the limit', () => {
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(495))).toMatchObject({ requestsPerSecondPerTask: 990 });
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, seen(494))).toMatch(
    /^none: .* 990 requests per second, but it served at most 494\. /,
  );
});

test('recommends none if an idle task uses more than the CPU target', () => {
  expect(recommendedTargets(plan, { ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0.2 }, seen(2000))).toMatch(/^none: /);
});
