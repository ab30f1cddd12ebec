/**
 * The metrics that Application Auto Scaling predefines for an ECS service and
 * that this package can follow, in AWS's own spelling.
 *
 * `ECSServiceAverageCPUUtilization` is in percent of the CPU the tasks may use.
 * `ALBRequestCountPerTarget` is in requests per healthy target **per minute**
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
export type PredefinedMetric = 'ECSServiceAverageCPUUtilization' | 'ALBRequestCountPerTarget';

/** One target-tracking policy: keep this metric at this value. */
export interface TargetTracking {
  readonly name: string;
  readonly metric: PredefinedMetric;
  /** In the unit of the metric: percent, or requests per target per minute. */
  readonly targetValue: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  /** Whether this policy only ever adds tasks. */
  readonly disableScaleIn: boolean;
}

/** The scaling rules of one service. */
export interface ScalingPolicy {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly targetTracking: readonly TargetTracking[];
}

/** The metric counts requests in a minute; people think in requests per second. */
export const SECONDS_PER_REQUEST_COUNT = 60;

/** The target of the metric, which counts per minute, for a rate per second. Without the dust of binary fractions: 1.1 becomes 66. */
export function requestCountTarget(requestsPerSecondPerTask: number): number {
  return Number((requestsPerSecondPerTask * SECONDS_PER_REQUEST_COUNT).toPrecision(12));
}

/** Returns one sentence for each rule that the capacity bounds break. */
export function capacityMistakes(minCapacity: number, maxCapacity: number): string[] {
  const mistakes: string[] = [];
  if (!Number.isInteger(minCapacity) || minCapacity < 1) {
    mistakes.push(`minCapacity must be a whole number of at least 1, got ${minCapacity}`);
  }
  if (!Number.isInteger(maxCapacity) || maxCapacity < 1) {
    mistakes.push(`maxCapacity must be a whole number of at least 1, got ${maxCapacity}`);
  }
  if (minCapacity > maxCapacity) {
    mistakes.push(`minCapacity must be at most maxCapacity (${maxCapacity}), got ${minCapacity}`);
  }
  return mistakes;
}

/** Returns the sentence for a CPU target outside of what a CPU can reach, if it is. */
export function cpuTargetMistakes(targetCpuUtilizationPercent: number): string[] {
  return targetCpuUtilizationPercent > 0 && targetCpuUtilizationPercent <= 100
    ? []
    : [`targetCpuUtilizationPercent must be above 0 and at most 100, got ${targetCpuUtilizationPercent}`];
}

/** Returns the sentence for a request target that no service could meet, if it is one. */
export function requestTargetMistakes(requestsPerSecondPerTask: number): string[] {
  return requestsPerSecondPerTask > 0 && Number.isFinite(requestsPerSecondPerTask)
    ? []
    : [`requestsPerSecondPerTask must be above 0, got ${requestsPerSecondPerTask}`];
}

/** Returns the sentence for a target that does not fit its metric, if it is one. */
export function targetMistakes(metric: PredefinedMetric, targetValue: number): string[] {
  return metric === 'ECSServiceAverageCPUUtilization'
    ? cpuTargetMistakes(targetValue)
    : requestTargetMistakes(targetValue / SECONDS_PER_REQUEST_COUNT);
}

/** Returns the sentence for a cooldown that Application Auto Scaling would refuse, if it is one. */
export function cooldownMistakes(name: 'scaleOutCooldown' | 'scaleInCooldown', seconds: number): string[] {
  return Number.isInteger(seconds) && seconds >= 0 ? [] : [`${name} must be a whole number of seconds of at least 0, got ${seconds}`];
}

/** Returns one sentence for each rule that the whole policy breaks. */
export function policyMistakes(policy: ScalingPolicy): string[] {
  return [
    ...capacityMistakes(policy.minCapacity, policy.maxCapacity),
    ...policy.targetTracking.flatMap((tracking) => [
      ...targetMistakes(tracking.metric, tracking.targetValue),
      ...cooldownMistakes('scaleOutCooldown', tracking.scaleOutCooldownSeconds),
      ...cooldownMistakes('scaleInCooldown', tracking.scaleInCooldownSeconds),
    ]),
  ];
}
