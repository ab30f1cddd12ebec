import type { ScalingMetric, Statistic } from '../metrics/metric';
import { type ValidationError, validationError } from '../parse/validation-error';
import { alarmRuleErrors, type PeriodicAlarmRule } from './alarm-rule';
import { cooldownErrors } from './target-tracking';

/** The adjustment type of a step-scaling or simple-scaling policy. */
export type AdjustmentType = 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity';

/** A policy that an alarm starts. */
export interface AlarmScaling {
  readonly name: string;
  readonly alarmName: string;
  readonly metric: ScalingMetric;
  readonly statistic: Statistic;
  readonly alarm: PeriodicAlarmRule;
  readonly adjustmentType: AdjustmentType;
  /** The minimum number of tasks that a change in percent adds or removes. */
  readonly minAdjustmentMagnitude?: number;
  /**
   * The requests per minute, of all tasks together, below which the alarm uses 0 instead of its metric, so that a few slow requests at
   * night add no tasks.
   */
  readonly minRequestsPerMinute?: number;
}

/** A step adjustment. Its bounds are relative to the threshold of the alarm. */
export interface Step {
  /** The lower bound; undefined for none. */
  readonly lowerBound?: number;
  /** The upper bound; undefined for none. */
  readonly upperBound?: number;
  readonly adjustment: number;
}

/** A step-scaling policy and one alarm that starts it. */
export interface StepScaling extends AlarmScaling {
  readonly steps: readonly Step[];
  /** On EC2 the instance warm-up, which limits scale-out in the same way. */
  readonly cooldownSeconds: number;
}

/** A simple-scaling policy of an EC2 Auto Scaling group and one alarm that starts it: always the same adjustment. */
export interface SimpleScaling extends AlarmScaling {
  readonly adjustment: number;
  readonly cooldownSeconds: number;
}

/** Returns an error for each rule that a step-scaling policy breaks. */
export function stepScalingErrors(policy: StepScaling): ValidationError[] {
  return [
    ...alarmScalingErrors(policy),
    ...cooldownErrors(`${policy.name} cooldown`, policy.cooldownSeconds),
    ...(policy.steps.length > 0 ? [] : [validationError(policy.name, 'have at least one step')]),
    ...policy.steps.flatMap((step) => stepErrors(policy.name, step)),
    ...overlapErrors(policy),
  ];
}

/** Returns an error for each rule that a simple-scaling policy breaks. */
export function simpleScalingErrors(policy: SimpleScaling): ValidationError[] {
  return [
    ...alarmScalingErrors(policy),
    ...cooldownErrors(`${policy.name} cooldown`, policy.cooldownSeconds),
    ...(Number.isFinite(policy.adjustment) ? [] : [validationError(`${policy.name} adjustment`, 'be a number', policy.adjustment)]),
  ];
}

function alarmScalingErrors(policy: AlarmScaling): ValidationError[] {
  const { name, minAdjustmentMagnitude: magnitude, minRequestsPerMinute: minRequests } = policy;
  return [
    ...alarmRuleErrors(name, policy.alarm),
    ...(magnitude === undefined || (Number.isInteger(magnitude) && magnitude >= 0)
      ? []
      : [validationError(`${name} minAdjustmentMagnitude`, 'be a whole number of at least 0', magnitude)]),
    ...(minRequests === undefined || (minRequests >= 0 && Number.isFinite(minRequests))
      ? []
      : [validationError(`${name} minRequestsPerMinute`, 'be at least 0', minRequests)]),
  ];
}

function stepErrors(
  name: string,
  { lowerBound = Number.NEGATIVE_INFINITY, upperBound = Number.POSITIVE_INFINITY, adjustment }: Step,
): ValidationError[] {
  return [
    ...(lowerBound < upperBound ? [] : [`${name} step bounds must increase, got ${lowerBound} to ${upperBound}`]),
    ...(Number.isFinite(adjustment) ? [] : [validationError(`${name} adjustment`, 'be a number', adjustment)]),
  ];
}

/** Application Auto Scaling requires steps without a gap and without an overlap. */
function overlapErrors({ name, steps }: StepScaling): ValidationError[] {
  const sorted = [...steps].sort((a, b) => (a.lowerBound ?? Number.NEGATIVE_INFINITY) - (b.lowerBound ?? Number.NEGATIVE_INFINITY));
  return sorted.slice(1).flatMap((step, index) => {
    const { upperBound } = sorted[index]!;
    return step.lowerBound === upperBound
      ? []
      : [
          validationError(
            `${name} steps`,
            'follow each other without gap or overlap',
            `${upperBound ?? 'no end'} before ${step.lowerBound ?? 'no beginning'}`,
          ),
        ];
  });
}
