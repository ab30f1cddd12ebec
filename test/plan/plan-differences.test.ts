import { describe, expect, test } from 'vitest';
import { planDifferences } from '../../src/plan/plan-differences';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const plan = searchPlan(2, 6, [cpuTarget(50), requestTarget(12_000)]);

describe('differences of two plans', () => {
  test('there are none between equal plans, whatever their services are called', () => {
    expect(planDifferences(plan, { ...plan, service: 'Renamed' })).toEqual([]);
  });

  test('each is a path with both values, in the order of the plan', () => {
    const changed = { ...searchPlan(3, 6, [cpuTarget(40), requestTarget(12_000)]), idleTimeoutSeconds: 30 };
    expect(planDifferences(plan, changed)).toEqual([
      { setting: 'policy.targetTracking.Cpu.targetValue', before: '50', after: '40' },
      { setting: 'policy.minCapacity', before: '2', after: '3' },
      { setting: 'idleTimeoutSeconds', before: undefined, after: '30' },
    ]);
  });

  test('a policy in another place is the same one, and a policy that is removed has no value after', () => {
    expect(planDifferences(plan, searchPlan(2, 6, [requestTarget(12_000), cpuTarget(50)]))).toEqual([]);
    const removed = planDifferences(plan, searchPlan(2, 6, [cpuTarget(50)]));
    expect(removed).toContainEqual({ setting: 'policy.targetTracking.Requests.targetValue', before: '12000', after: undefined });
  });
});
