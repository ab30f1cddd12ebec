import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recommendedTargets } from '../../../cli/output/recommended-targets';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';
import { limitAt } from './measured-limit';

const plan = searchPlan(2, 4, [cpuTarget(60)]);

test('recommends the request rate at which the CPU target is reached', () => {
  // (0.25 vCPU x 60 % - 0.0315 cores) / 0.1195 ms, to two digits.
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, { limit: limitAt(1900, 0.99) })).toEqual({
    targetCpuUtilizationPercent: 60,
    requestsPerSecondPerTask: 990,
  });
});

test.each<[string, Parameters<typeof limitAt>, RegExp]>([
  ['it waits', [900, 0.4], /at most 900\. Something other than CPU limits it: scale it on response time/],
  ['the machine is full', [900, 0.4, { machine: { busyShare: 0.99 } }], /at most 900\. This machine makes no more: .*--set cpu=256/],
  ['more users get errors', [900, 0.4, { failure: 'GET / responded 503' }], /at most 900\. More users get errors/],
])('recommends none above the rate that was seen: %s', (_, limit, reason) => {
  expect(recommendedTargets(plan, MEASURED_SEARCH_WORKLOAD, { limit: limitAt(...limit) })).toMatch(reason);
});

test('recommends none if an idle task uses more than the CPU target', () => {
  expect(recommendedTargets(plan, { ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0.2 }, { limit: limitAt(2000, 1) })).toMatch(/^none: /);
});

test('no target is above the limit, whatever the fit says', () => {
  const costs = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(costs, fc.double({ min: 0.1, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (cost, rate, share) => {
      const targets = recommendedTargets(
        plan,
        { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: cost },
        { limit: limitAt(rate, share) },
      );
      if (typeof targets !== 'string') expect(targets.requestsPerSecondPerTask).toBeLessThanOrEqual(rate);
    }),
  );
});
