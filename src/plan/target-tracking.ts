import { type ScalingMetric, signalOf, unitOf } from '../metrics/metric';
import { type ValidationError, validationError } from '../parse/validation-error';

/** A target-tracking policy. */
export interface TargetTracking {
  readonly name: string;
  readonly metric: ScalingMetric;
  /** In the unit of the metric: percent, or requests per target per minute. */
  readonly targetValue: number;
  /** On EC2 the instance warm-up, which limits scale-out in the same way. */
  readonly scaleOutCooldownSeconds: number;
  /** 0 on EC2, which has no scale-in cooldown. */
  readonly scaleInCooldownSeconds: number;
  /** Whether this policy only ever adds tasks. */
  readonly disableScaleIn: boolean;
  /**
   * The metrics of each alarm that Application Auto Scaling creates for the policy, by which the alarm is billed: more than one where a
   * customized metric has metric math.
   *
   * @default 1
   */
  readonly metricsPerAlarm?: number;
}

/** Application Auto Scaling creates one alarm to scale out and one to scale in for each policy. */
export const ALARMS_PER_TARGET_TRACKING = 2;

/** `ALBRequestCountPerTarget` counts requests per minute; the props are per second. */
export const REQUEST_COUNT_PERIOD_SECONDS = 60;

/** The target value of the metric, per minute, for a rate per second, without rounding errors: 1.1 becomes 66. */
export function requestCountTarget(requestsPerSecondPerTask: number): number {
  return Number((requestsPerSecondPerTask * REQUEST_COUNT_PERIOD_SECONDS).toPrecision(12));
}

/** Returns an error for a CPU target outside of what a CPU can reach. */
export function cpuTargetErrors(targetCpuUtilizationPercent: number): ValidationError[] {
  return percentErrors('targetCpuUtilizationPercent', targetCpuUtilizationPercent);
}

/** Returns an error for a request target that no service could meet. */
export function requestTargetErrors(requestsPerSecondPerTask: number): ValidationError[] {
  return requestsPerSecondPerTask > 0 && Number.isFinite(requestsPerSecondPerTask)
    ? []
    : [validationError('requestsPerSecondPerTask', 'be above 0', requestsPerSecondPerTask)];
}

/** Returns an error for a target that does not fit its metric. */
export function targetErrors(metric: ScalingMetric, targetValue: number): ValidationError[] {
  switch (unitOf(metric)) {
    case 'percent':
      return percentErrors(signalOf(metric).targetProp ?? metric, targetValue);
    case 'requests per minute':
      return requestTargetErrors(targetValue / REQUEST_COUNT_PERIOD_SECONDS);
    case 'seconds':
    case 'credits':
      return [`target tracking needs a metric that falls as tasks are added: use step scaling for ${metric}`];
  }
}

/** Returns an error for a cooldown that Application Auto Scaling would reject. */
export function cooldownErrors(name: string, seconds: number): ValidationError[] {
  return Number.isInteger(seconds) && seconds >= 0 ? [] : [validationError(name, 'be a whole number of seconds of at least 0', seconds)];
}

/** Returns an error for each rule that a target-tracking policy breaks. */
export function targetTrackingErrors(tracking: TargetTracking): ValidationError[] {
  return [
    ...targetErrors(tracking.metric, tracking.targetValue),
    ...cooldownErrors('scaleOutCooldown', tracking.scaleOutCooldownSeconds),
    ...cooldownErrors('scaleInCooldown', tracking.scaleInCooldownSeconds),
  ];
}

function percentErrors(name: string, percent: number): ValidationError[] {
  return percent > 0 && percent <= 100 ? [] : [validationError(name, 'be above 0 and at most 100', percent)];
}
