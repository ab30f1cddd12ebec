import { isCpuUtilization } from '../../plan/metric';
import type { Plan } from '../../plan/plan';
import { SECONDS_PER_REQUEST_COUNT, type TargetTracking } from '../../plan/target-tracking';

/** Writes the props of a `ScalableStatelessService` that give it this policy and size, as TypeScript to paste. */
export function propsText({ policy, task }: Pick<Plan, 'policy' | 'task'>): string {
  const requests = policy.targetTracking.find(({ metric }) => metric === 'ALBRequestCountPerTarget');
  const cpu = policy.targetTracking.find(({ metric }) => isCpuUtilization(metric));
  const lines = [
    `cpu: ${task.cpu}`,
    `memoryLimitMiB: ${task.memoryMiB}`,
    `minCapacity: ${policy.minCapacity}`,
    `maxCapacity: ${policy.maxCapacity}`,
    ...(cpu === undefined ? [] : [`targetCpuUtilizationPercent: ${cpu.targetValue}`]),
    ...(requests === undefined ? [] : [`requestsPerSecondPerTask: ${requests.targetValue / SECONDS_PER_REQUEST_COUNT}`]),
    ...cooldowns(policy.targetTracking[0]),
  ];
  return `{\n${lines.map((line) => `  ${line},`).join('\n')}\n}`;
}

function cooldowns(tracking: TargetTracking | undefined): string[] {
  if (tracking === undefined) return [];
  const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = tracking;
  return [`scaleOutCooldown: Duration.seconds(${scaleOutCooldownSeconds})`, `scaleInCooldown: Duration.seconds(${scaleInCooldownSeconds})`];
}
