import type { ScalingMetric } from '../metrics/metric';
import type { Activity, NotScaledReason } from './activity';
import type { AwsBehavior } from './aws-behavior';

/** The value of a policy's metric and its target. */
export interface MetricAndTarget {
  readonly value: number;
  readonly targetValue: number;
}

/** The counts that a decision is based on. */
export interface Capacity {
  /** The number of tasks that the new count is computed from. */
  readonly baseCapacity: number;
  readonly desiredCount: number;
  readonly min: number;
  readonly max: number;
}

/** The desired count to set, or the reason why it does not change. `computedCapacity` is the count before the bounds are applied. */
export type Decision =
  | { readonly toCapacity: number; readonly computedCapacity: number }
  | { readonly notScaled: NotScaledReason; readonly computedCapacity: number };

/** The maximum rounding error of a division: counts are small whole numbers. */
const MAX_ROUNDING_ERROR = 1e-9;

/** The number of tasks at which a metric would be at its target: in proportion, rounded up. */
export function proportionalCapacity(baseCapacity: number, metricAndTarget: MetricAndTarget): number {
  return Math.max(0, Math.ceil((baseCapacity * metricAndTarget.value) / metricAndTarget.targetValue - MAX_ROUNDING_ERROR));
}

/**
 * The threshold of the low alarm of a target-tracking policy, without rounding error.
 *
 * @param thresholdShare the threshold as a share of the target, from `lowThresholdShareOf`.
 */
export function lowThreshold(targetValue: number, thresholdShare: number): number {
  return Number((targetValue * thresholdShare).toPrecision(12));
}

/**
 * Limits a scale-out to the bounds.
 *
 * A count below the minimum is first set to the minimum; a count above the maximum does not change
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html).
 */
export function limitScaleOut({ desiredCount, min, max }: Capacity, computedCapacity: number): Decision {
  if (desiredCount < min) return { toCapacity: min, computedCapacity };
  if (desiredCount >= max) return { notScaled: 'AlreadyAtMaxCapacity', computedCapacity };
  const limitedCapacity = Math.min(max, computedCapacity);
  return limitedCapacity > desiredCount
    ? { toCapacity: limitedCapacity, computedCapacity }
    : { notScaled: 'AlreadyAtDesiredCapacity', computedCapacity };
}

/** Limits a scale-in to the bounds: the mirror image of `limitScaleOut`. */
export function limitScaleIn({ desiredCount, min, max }: Capacity, computedCapacity: number): Decision {
  if (desiredCount > max) return { toCapacity: max, computedCapacity };
  if (desiredCount <= min) return { notScaled: 'AlreadyAtMinCapacity', computedCapacity };
  const limitedCapacity = Math.max(min, computedCapacity);
  return limitedCapacity < desiredCount
    ? { toCapacity: limitedCapacity, computedCapacity }
    : { notScaled: 'AlreadyAtDesiredCapacity', computedCapacity };
}

/** Decides for the high alarm of target tracking. From zero tasks it goes to one: no proportion can be computed. */
export function decideScaleOut(capacity: Capacity, computedCapacity: number): Decision {
  return limitScaleOut(capacity, capacity.desiredCount === 0 ? 1 : computedCapacity);
}

/**
 * Decides when the low alarms of all policies are in ALARM.
 *
 * Does not scale in if one task less would put any metric above its target again: `AutoScalingAnticipatedFlapping`.
 */
export function decideScaleIn(
  capacity: Capacity,
  metricsAndTargets: readonly MetricAndTarget[],
  scaleInStep: AwsBehavior['scaleInStep'],
): Decision {
  const { baseCapacity, desiredCount, min, max } = capacity;
  const computedCapacity = Math.max(...metricsAndTargets.map((metricAndTarget) => proportionalCapacity(baseCapacity, metricAndTarget)));
  const isWithinBounds = desiredCount > min && desiredCount <= max;
  if (isWithinBounds && metricsAndTargets.some((metricAndTarget) => wouldExceedTargetWithOneLess(baseCapacity, metricAndTarget)))
    return { notScaled: 'AutoScalingAnticipatedFlapping', computedCapacity };
  const limited = limitScaleIn(capacity, Math.max(computedCapacity, scaleInStep === 'one-task' ? desiredCount - 1 : 0));
  return { ...limited, computedCapacity };
}

function wouldExceedTargetWithOneLess(baseCapacity: number, metricAndTarget: MetricAndTarget): boolean {
  return baseCapacity > 1 && (metricAndTarget.value * baseCapacity) / (baseCapacity - 1) > metricAndTarget.targetValue;
}

/** The count that one policy computes at one evaluation. */
export interface Proposal {
  readonly origin: Activity['origin'];
  readonly cause: string;
  readonly metric: ScalingMetric;
  readonly metricValue: number;
  /** The target of the policy, or the threshold of its alarm. */
  readonly targetValue: number;
  /** The computed number of tasks, before minimum and maximum capacity are applied. */
  readonly computedCapacity: number;
  readonly cooldownSeconds: number;
}

/** The proposal with the highest count, which takes precedence; of equals the first. */
export function highestProposal<Candidate extends { readonly computedCapacity: number }>(
  proposals: readonly Candidate[],
): Candidate | undefined {
  let highest: Candidate | undefined;
  for (const proposal of proposals) if (highest === undefined || proposal.computedCapacity > highest.computedCapacity) highest = proposal;
  return highest;
}

/** The cause of an activity that an alarm triggered, as Application Auto Scaling words it. */
export function alarmCause(alarmName: string, policyName: string): string {
  return `monitor alarm ${alarmName} in state ALARM triggered policy ${policyName}`;
}
