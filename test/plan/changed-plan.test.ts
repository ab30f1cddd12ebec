import { describe, expect, test } from 'vitest';
import { changedPlan } from '../../src/plan/changed-plan';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const PLAN = searchPlan(2, 6, [cpuTarget(70, { name: 'Own', scaleInCooldownSeconds: 60 })]);

describe('a variant of a plan', () => {
  test('without a change is the plan', () => {
    expect(changedPlan(PLAN, {})).toEqual(PLAN);
  });

  test('keeps what the change does not name', () => {
    const { policy } = changedPlan(PLAN, { minCapacity: 3, targetCpuUtilizationPercent: 50 });
    expect(policy).toMatchObject({ minCapacity: 3, maxCapacity: 6 });
    expect(policy.targetTracking).toEqual([{ ...PLAN.policy.targetTracking[0]!, targetValue: 50 }]);
  });

  test('tracks requests beside CPU, with the cooldowns that are there', () => {
    const { targetTracking } = changedPlan(PLAN, { requestsPerSecondPerTask: 100 }).policy;
    expect(targetTracking[1]).toEqual({ ...requestTarget(6000), scaleInCooldownSeconds: 60 });
  });

  test('changes the CPU target where it is tracked every 20 seconds too', () => {
    const fast = { ...cpuTarget(70), metric: 'ECSServiceAverageCPUUtilizationHighResolution' } as const;
    expect(changedPlan(searchPlan(2, 6, [fast]), { targetCpuUtilizationPercent: 50 }).policy.targetTracking).toEqual([
      { ...fast, targetValue: 50 },
    ]);
  });

  test('has the cooldowns of the construct where nothing was tracked', () => {
    const [cpu] = changedPlan(searchPlan(2, 2, []), { targetCpuUtilizationPercent: 60 }).policy.targetTracking;
    expect(cpu).toMatchObject({ name: 'Cpu', scaleOutCooldownSeconds: 180, scaleInCooldownSeconds: 300 });
  });

  test('with its first Spot tasks has its minimum on demand, as the construct would', () => {
    const onSpot = changedPlan(PLAN, { minCapacity: 3, spotPercent: 50 });
    expect(onSpot.infrastructure).toEqual({ ...PLAN.infrastructure, onDemandBase: 3, spotShare: 0.5 });
    expect(changedPlan(onSpot, { spotPercent: 80 }).infrastructure).toMatchObject({ onDemandBase: 3, spotShare: 0.8 });
    expect(changedPlan(PLAN, { spotPercent: 50, onDemandBase: 0 }).infrastructure).toMatchObject({ onDemandBase: 0, spotShare: 0.5 });
    expect(changedPlan(onSpot, { spotPercent: 0 }).infrastructure).toEqual(PLAN.infrastructure);
  });

  test('may have another size, other cooldowns and another network', () => {
    const changes = { cpu: 512, memoryMiB: 1024, scaleOutCooldownSeconds: 0, natGateways: 1 };
    const { task, policy, infrastructure } = changedPlan(PLAN, changes);
    expect(task).toEqual({ cpu: 512, memoryMiB: 1024 });
    expect(policy.targetTracking[0]!.scaleOutCooldownSeconds).toBe(0);
    expect(infrastructure).toEqual({ ...PLAN.infrastructure, natGateways: 1 });
  });
});
