import { type ScalingMetric, unitOf } from './metric';

/** One target-tracking policy: keep this metric at this value. */
export interface TargetTracking {
  readonly name: string;
  readonly metric: ScalingMetric;
  /** In the unit of the metric: percent, or requests per target per minute. */
  readonly targetValue: number;
  /** On EC2 the warm-up of an instance, which paces scaling out in the same way. */
  readonly scaleOutCooldownSeconds: number;
  /** 0 on EC2, where nothing but the warm-up holds scaling in back. */
  readonly scaleInCooldownSeconds: number;
  /** Whether this policy only ever adds tasks. */
  readonly disableScaleIn: boolean;
}

/** The metric counts requests in a minute; people think in requests per second. */
export const SECONDS_PER_REQUEST_COUNT = 60;

/** The target of the metric, which counts per minute, for a rate per second. Without the dust of binary fractions: 1.1 becomes 66. */
export function requestCountTarget(requestsPerSecondPerTask: number): number {
  return Number((requestsPerSecondPerTask * SECONDS_PER_REQUEST_COUNT).toPrecision(12));
}

/** Returns the sentence for a CPU target outside of what a CPU can reach, if it is. */
export function cpuTargetMistakes(targetCpuUtilizationPercent: number): string[] {
  return percentMistakes('targetCpuUtilizationPercent', targetCpuUtilizationPercent);
}

/** Returns the sentence for a memory target outside of what memory can reach, if it is. */
function memoryTargetMistakes(targetMemoryUtilizationPercent: number): string[] {
  return percentMistakes('targetMemoryUtilizationPercent', targetMemoryUtilizationPercent);
}

/** Returns the sentence for a request target that no service could meet, if it is one. */
export function requestTargetMistakes(requestsPerSecondPerTask: number): string[] {
  return requestsPerSecondPerTask > 0 && Number.isFinite(requestsPerSecondPerTask)
    ? []
    : [`requestsPerSecondPerTask must be above 0, got ${requestsPerSecondPerTask}`];
}

/** Returns the sentence for a target that does not fit its metric, if it is one. */
export function targetMistakes(metric: ScalingMetric, targetValue: number): string[] {
  switch (unitOf(metric)) {
    case 'percent':
      return metric.includes('Memory') ? memoryTargetMistakes(targetValue) : cpuTargetMistakes(targetValue);
    case 'requests per minute':
      return requestTargetMistakes(targetValue / SECONDS_PER_REQUEST_COUNT);
    case 'seconds':
      return [`a target-tracking policy must follow a metric that falls as tasks are added, got ${metric}: use step scaling`];
  }
}

/** Returns the sentence for a cooldown that Application Auto Scaling would refuse, if it is one. */
export function cooldownMistakes(name: string, seconds: number): string[] {
  return Number.isInteger(seconds) && seconds >= 0 ? [] : [`${name} must be a whole number of seconds of at least 0, got ${seconds}`];
}

/** Returns one sentence for each rule that a target-tracking policy breaks. */
export function targetTrackingMistakes(tracking: TargetTracking): string[] {
  return [
    ...targetMistakes(tracking.metric, tracking.targetValue),
    ...cooldownMistakes('scaleOutCooldown', tracking.scaleOutCooldownSeconds),
    ...cooldownMistakes('scaleInCooldown', tracking.scaleInCooldownSeconds),
  ];
}

function percentMistakes(name: string, percent: number): string[] {
  return percent > 0 && percent <= 100 ? [] : [`${name} must be above 0 and at most 100, got ${percent}`];
}
