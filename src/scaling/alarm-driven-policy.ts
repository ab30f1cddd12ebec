import { breaches, isGreaterThanAlarm } from '../plan/alarm-rule';
import type { AlarmScaling, SimpleScaling, Step, StepScaling } from '../plan/step-scaling';
import { AlarmEvaluation } from './alarm-evaluation';
import type { AwsBehavior } from './aws-behavior';
import { alarmCause, type Proposal } from './decision';
import type { MetricFeed } from './metric-feed';

/** A step scaling or simple scaling policy and the CloudWatch alarm that triggers it. */
export class AlarmDrivenPolicy {
  public readonly alarm: AlarmEvaluation;

  private constructor(
    private readonly policy: AlarmScaling & { readonly cooldownSeconds: number },
    private readonly origin: Proposal['origin'],
    private readonly computeCapacity: (baseCapacity: number, value: number) => number,
    feed: MetricFeed,
    behavior: AwsBehavior,
  ) {
    this.alarm = new AlarmEvaluation(policy.alarm, feed.series(policy), behavior);
  }

  public static stepScaling(policy: StepScaling, feed: MetricFeed, behavior: AwsBehavior): AlarmDrivenPolicy {
    return new AlarmDrivenPolicy(
      policy,
      'step-scaling',
      (baseCapacity, value) => capacityAfterStep(baseCapacity, policy, value),
      feed,
      behavior,
    );
  }

  public static simpleScaling(policy: SimpleScaling, feed: MetricFeed, behavior: AwsBehavior): AlarmDrivenPolicy {
    return new AlarmDrivenPolicy(
      policy,
      'simple-scaling',
      (baseCapacity) => capacityAfterAdjustment(baseCapacity, policy, policy.adjustment),
      feed,
      behavior,
    );
  }

  /** The name of the alarm. */
  public get alarmName(): string {
    return this.policy.alarmName;
  }

  /** The proposal of the policy for a number of tasks; the same number if no adjustment applies. */
  public proposal(baseCapacity: number): Proposal {
    const metricValue = this.alarm.value() ?? this.policy.alarm.threshold;
    return {
      origin: this.origin,
      cause: alarmCause(this.policy.alarmName, this.policy.name),
      metric: this.policy.metric,
      metricValue,
      targetValue: this.policy.alarm.threshold,
      computedCapacity: this.computeCapacity(baseCapacity, metricValue),
      cooldownSeconds: this.policy.cooldownSeconds,
    };
  }
}

/** The maximum rounding error of a difference of decimal numbers. */
const MAX_ROUNDING_ERROR = 1e-9;

/**
 * Rounds a change in percent to a number of tasks: values above 1 down, values from 0 to 1 to 1; negative values likewise.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export function roundedChange(change: number): number {
  if (change > 1) return Math.floor(change + MAX_ROUNDING_ERROR);
  if (change > 0) return 1;
  if (change < -1) return Math.ceil(change - MAX_ROUNDING_ERROR);
  return change < 0 ? -1 : 0;
}

/** The number of tasks after an adjustment, before minimum and maximum capacity are applied. */
export function capacityAfterAdjustment(
  baseCapacity: number,
  { adjustmentType, minAdjustmentMagnitude = 0 }: Pick<AlarmScaling, 'adjustmentType' | 'minAdjustmentMagnitude'>,
  adjustment: number,
): number {
  switch (adjustmentType) {
    case 'ChangeInCapacity':
      return Math.max(0, baseCapacity + Math.trunc(adjustment));
    case 'ExactCapacity':
      return Math.max(0, Math.trunc(adjustment));
    case 'PercentChangeInCapacity': {
      const change = roundedChange((baseCapacity * adjustment) / 100);
      return Math.max(0, baseCapacity + Math.sign(change) * Math.max(Math.abs(change), minAdjustmentMagnitude));
    }
  }
}

/**
 * The step adjustment for a value of the metric; undefined if none applies.
 *
 * Bounds are relative to the threshold of the alarm. Above the threshold the lower bound is inclusive and the upper bound exclusive;
 * below it, the other way round.
 */
export function stepFor({ steps, alarm }: Pick<StepScaling, 'steps' | 'alarm'>, value: number): Step | undefined {
  const difference = Number((value - alarm.threshold).toPrecision(12));
  const isAbove = isGreaterThanAlarm(alarm);
  return steps.find(({ lowerBound = Number.NEGATIVE_INFINITY, upperBound = Number.POSITIVE_INFINITY }) =>
    isAbove ? difference >= lowerBound && difference < upperBound : difference > lowerBound && difference <= upperBound,
  );
}

/** The number of tasks after step scaling at a value of the metric; the same number if no step adjustment applies. */
export function capacityAfterStep(baseCapacity: number, policy: StepScaling, value: number): number {
  const step = breaches(policy.alarm, value) ? stepFor(policy, value) : undefined;
  return step === undefined ? baseCapacity : capacityAfterAdjustment(baseCapacity, policy, step.adjustment);
}
