import { breaches, isRaisedAbove } from '../plan/alarm-rule';
import type { AlarmScaling, Step, StepScaling } from '../plan/step-scaling';

/** Differences of numbers that were written in decimals are off by less than this. */
const ROUNDING = 1e-9;

/**
 * Rounds a change in percent to tasks: above 1 down, from 0 to 1 to 1, and likewise below 0.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export function roundedChange(change: number): number {
  if (change > 1) return Math.floor(change + ROUNDING);
  if (change > 0) return 1;
  if (change < -1) return Math.ceil(change - ROUNDING);
  return change < 0 ? -1 : 0;
}

/** The tasks that an adjustment makes of a number of tasks, before minimum and maximum are applied. */
export function adjustedCapacity(
  base: number,
  { adjustmentType, minAdjustmentMagnitude = 0 }: Pick<AlarmScaling, 'adjustmentType' | 'minAdjustmentMagnitude'>,
  adjustment: number,
): number {
  switch (adjustmentType) {
    case 'ChangeInCapacity':
      return Math.max(0, base + Math.trunc(adjustment));
    case 'ExactCapacity':
      return Math.max(0, Math.trunc(adjustment));
    case 'PercentChangeInCapacity': {
      const change = roundedChange((base * adjustment) / 100);
      return Math.max(0, base + Math.sign(change) * Math.max(Math.abs(change), minAdjustmentMagnitude));
    }
  }
}

/**
 * The step for a value of the metric, if one is meant.
 *
 * Bounds count from the threshold of the alarm. Above it the lower bound belongs to a step and the upper does not; below it,
 * the other way round.
 */
export function stepFor({ steps, alarm }: Pick<StepScaling, 'steps' | 'alarm'>, value: number): Step | undefined {
  const difference = Number((value - alarm.threshold).toPrecision(12));
  const isAbove = isRaisedAbove(alarm);
  return steps.find(({ lowerBound = Number.NEGATIVE_INFINITY, upperBound = Number.POSITIVE_INFINITY }) =>
    isAbove ? difference >= lowerBound && difference < upperBound : difference > lowerBound && difference <= upperBound,
  );
}

/** The tasks that a step-scaling policy makes of a number of tasks at a value of its metric; the same number where no step is meant. */
export function steppedCapacity(base: number, policy: StepScaling, value: number): number {
  const step = breaches(policy.alarm, value) ? stepFor(policy, value) : undefined;
  return step === undefined ? base : adjustedCapacity(base, policy, step.adjustment);
}
