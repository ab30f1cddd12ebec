import type { PredefinedMetric } from '../plan/policy';

/** Why a decision changed nothing, in the codes of `describe-scaling-activities --include-not-scaled-activities`. */
export type NotScaledReason =
  | 'AlreadyAtMaxCapacity'
  | 'AlreadyAtMinCapacity'
  | 'AlreadyAtDesiredCapacity'
  | 'AutoScalingAnticipatedFlapping';

/**
 * One decision of the scaling loop with its cause, as
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scaling-activities.html words it.
 */
export interface Activity {
  readonly startSeconds: number;
  /** When the tasks that run were the tasks wanted; undefined while that is not so. */
  endSeconds?: number;
  statusCode: 'InProgress' | 'Successful' | 'Overridden';
  readonly cause: string;
  readonly metric: PredefinedMetric;
  readonly metricValue: number;
  readonly targetValue: number;
  /** The tasks the computation started from. */
  readonly baseCapacity: number;
  /** The tasks the metric asked for, before minimum and maximum were applied. */
  readonly computedCapacity: number;
  readonly fromCapacity: number;
  readonly toCapacity: number;
}

/** A decision that changed nothing, and why; `endSeconds` moves on while the same reason holds. */
export interface NotScaled {
  readonly startSeconds: number;
  endSeconds: number;
  readonly reason: NotScaledReason;
  readonly currentCapacity: number;
  readonly cause: string;
}

/** Whether an activity added tasks; else it took some away. */
export function isScaleOut(activity: Activity): boolean {
  return activity.toCapacity > activity.fromCapacity;
}

const STATUS_IN_WORDS: Readonly<Record<Activity['statusCode'], string>> = {
  InProgress: 'Setting',
  Successful: 'Successfully set',
  Overridden: 'Overridden before it was complete: set',
};

/** The words of an activity's description. */
export function describeActivity(activity: Activity): string {
  return `${STATUS_IN_WORDS[activity.statusCode]} desired count to ${activity.toCapacity}`;
}
