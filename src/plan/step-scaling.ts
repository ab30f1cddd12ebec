import { alarmRuleMistakes, type PeriodicAlarmRule } from './alarm-rule';
import type { ScalingMetric, Statistic } from './metric';
import { cooldownMistakes } from './target-tracking';

/** What the number of an adjustment means. */
export type AdjustmentType = 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity';

/** A policy that an alarm of its own sets off. */
export interface AlarmScaling {
  readonly name: string;
  readonly alarmName: string;
  readonly metric: ScalingMetric;
  readonly statistic: Statistic;
  readonly alarm: PeriodicAlarmRule;
  readonly adjustmentType: AdjustmentType;
  /** The least that a change in percent changes, where it changes anything. */
  readonly minAdjustmentMagnitude?: number;
  /**
   * Requests per minute, of all tasks together, below which the alarm sees 0 instead of its metric: a guard that keeps
   * the latency of a few requests at night from adding tasks.
   */
  readonly leastRequestsPerMinute?: number;
}

/** What to do where the metric is so far from the threshold of its alarm. */
export interface Step {
  /** From here on, as a difference to the threshold; left out: without an end. */
  readonly lowerBound?: number;
  /** Up to here, as a difference to the threshold; left out: without an end. */
  readonly upperBound?: number;
  readonly adjustment: number;
}

/** A step-scaling policy and one alarm that sets it off. */
export interface StepScaling extends AlarmScaling {
  readonly steps: readonly Step[];
  /** On EC2 the warm-up of an instance, which paces scaling out in the same way. */
  readonly cooldownSeconds: number;
}

/** A simple-scaling policy of an EC2 auto scaling group and one alarm that sets it off: always the same adjustment. */
export interface SimpleScaling extends AlarmScaling {
  readonly adjustment: number;
  readonly cooldownSeconds: number;
}

/** Returns one sentence for each rule that a step-scaling policy breaks. */
export function stepScalingMistakes(policy: StepScaling): string[] {
  return [
    ...alarmScalingMistakes(policy),
    ...cooldownMistakes(`${policy.name} cooldown`, policy.cooldownSeconds),
    ...(policy.steps.length > 0 ? [] : [`${policy.name} must have at least one step, got none`]),
    ...policy.steps.flatMap((step) => stepMistakes(policy.name, step)),
    ...overlapMistakes(policy),
  ];
}

/** Returns one sentence for each rule that a simple-scaling policy breaks. */
export function simpleScalingMistakes(policy: SimpleScaling): string[] {
  return [
    ...alarmScalingMistakes(policy),
    ...cooldownMistakes(`${policy.name} cooldown`, policy.cooldownSeconds),
    ...(Number.isFinite(policy.adjustment) ? [] : [`${policy.name} adjustment must be a number, got ${policy.adjustment}`]),
  ];
}

function alarmScalingMistakes(policy: AlarmScaling): string[] {
  const { name, minAdjustmentMagnitude: magnitude, leastRequestsPerMinute: least } = policy;
  return [
    ...alarmRuleMistakes(name, policy.alarm),
    ...(magnitude === undefined || (Number.isInteger(magnitude) && magnitude >= 0)
      ? []
      : [`${name} minAdjustmentMagnitude must be a whole number of at least 0, got ${magnitude}`]),
    ...(least === undefined || (least >= 0 && Number.isFinite(least))
      ? []
      : [`${name} leastRequestsPerMinute must be at least 0, got ${least}`]),
  ];
}

function stepMistakes(
  name: string,
  { lowerBound = Number.NEGATIVE_INFINITY, upperBound = Number.POSITIVE_INFINITY, adjustment }: Step,
): string[] {
  return [
    ...(lowerBound < upperBound ? [] : [`${name} step bounds must go from less to more, got ${lowerBound} to ${upperBound}`]),
    ...(Number.isFinite(adjustment) ? [] : [`${name} adjustment must be a number, got ${adjustment}`]),
  ];
}

/** Application Auto Scaling takes steps that follow each other without a gap and without an overlap. */
function overlapMistakes({ name, steps }: StepScaling): string[] {
  const sorted = [...steps].sort((a, b) => (a.lowerBound ?? Number.NEGATIVE_INFINITY) - (b.lowerBound ?? Number.NEGATIVE_INFINITY));
  return sorted.slice(1).flatMap((step, index) => {
    const { upperBound } = sorted[index]!;
    return step.lowerBound === upperBound
      ? []
      : [
          `${name} steps must follow each other without gap or overlap, got ${upperBound ?? 'no end'} before ${step.lowerBound ?? 'no beginning'}`,
        ];
  });
}
