import { DEFAULTS } from './default-plan';
import type { Deployment } from './deployment';
import type { Infrastructure } from './infrastructure';
import { isCpuUtilization, type ScalingMetric } from './metric';
import type { Plan } from './plan';
import type { ScalingPolicy } from './policy';
import type { Routing } from './routing';
import { requestCountTarget, type TargetTracking } from './target-tracking';
import { taskSizeMistakes } from './task-size';

/** What a variant of a plan does differently, in the words of the construct's props. What is left out stays. */
export interface PlanChanges {
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  readonly targetCpuUtilizationPercent?: number;
  readonly requestsPerSecondPerTask?: number;
  /** For every target that is tracked. */
  readonly scaleOutCooldownSeconds?: number;
  readonly scaleInCooldownSeconds?: number;
  readonly cpu?: number;
  readonly memoryMiB?: number;
  readonly zoneCount?: number;
  readonly infrastructure?: Partial<Infrastructure>;
  readonly deployment?: Partial<Deployment>;
  readonly routing?: Partial<Routing>;
}

/** A variant of a plan. A target that the plan does not track yet is tracked with its own cooldowns, or the construct's. */
export function changedPlan(plan: Plan, changes: PlanChanges): Plan {
  return {
    ...plan,
    policy: changedPolicy(plan.policy, changes),
    task: { cpu: changes.cpu ?? plan.task.cpu, memoryMiB: changes.memoryMiB ?? plan.task.memoryMiB },
    zoneCount: changes.zoneCount ?? plan.zoneCount,
    infrastructure: { ...plan.infrastructure, ...changes.infrastructure },
    deployment: { ...plan.deployment, ...changes.deployment },
    routing: { ...plan.routing, ...changes.routing },
  };
}

/** Returns the sentence for a task size that was changed to one that Fargate does not offer, if it is one. */
export function resizeMistakes(before: Plan, after: Plan): string[] {
  const isSameSize = before.task.cpu === after.task.cpu && before.task.memoryMiB === after.task.memoryMiB;
  return isSameSize ? [] : taskSizeMistakes(after.task);
}

function changedPolicy(policy: ScalingPolicy, changes: PlanChanges): ScalingPolicy {
  const { targetCpuUtilizationPercent: cpu, requestsPerSecondPerTask: requests } = changes;
  const withRequests = withTarget(policy.targetTracking, 'ALBRequestCountPerTarget', requests && requestCountTarget(requests));
  const targets = withTarget(withRequests, 'ECSServiceAverageCPUUtilization', cpu);
  return {
    ...policy,
    minCapacity: changes.minCapacity ?? policy.minCapacity,
    maxCapacity: changes.maxCapacity ?? policy.maxCapacity,
    targetTracking: targets.map((tracking) => ({
      ...tracking,
      scaleOutCooldownSeconds: changes.scaleOutCooldownSeconds ?? tracking.scaleOutCooldownSeconds,
      scaleInCooldownSeconds: changes.scaleInCooldownSeconds ?? tracking.scaleInCooldownSeconds,
    })),
  };
}

const NAMES: Partial<Record<ScalingMetric, string>> = { ALBRequestCountPerTarget: 'Requests', ECSServiceAverageCPUUtilization: 'Cpu' };

function withTarget(targets: readonly TargetTracking[], metric: ScalingMetric, targetValue: number | undefined): readonly TargetTracking[] {
  if (targetValue === undefined) return targets;
  const isSame = (tracking: TargetTracking): boolean =>
    tracking.metric === metric || (isCpuUtilization(metric) && isCpuUtilization(tracking.metric));
  if (targets.some(isSame)) return targets.map((tracking) => (isSame(tracking) ? { ...tracking, targetValue } : tracking));
  const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = targets[0] ?? DEFAULTS;
  const added = { name: NAMES[metric]!, metric, targetValue, scaleOutCooldownSeconds, scaleInCooldownSeconds, disableScaleIn: false };
  return [...targets, added];
}
