import type { ScalingMetric } from '../plan/metric';

/** Why a decision changed nothing, in the codes of `describe-scaling-activities --include-not-scaled-activities`. */
export type NotScaledReason =
  | 'AlreadyAtMaxCapacity'
  | 'AlreadyAtMinCapacity'
  | 'AlreadyAtDesiredCapacity'
  | 'AutoScalingAnticipatedFlapping'
  | 'TargetServicePutResourceAsUnscalable';

/** What kind of rule decided. */
export type ActivityOrigin = 'target-tracking' | 'step-scaling' | 'simple-scaling' | 'scheduled-action' | 'predicted-minimum';

/**
 * One decision of the scaling loop with its cause, as
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scaling-activities.html words it.
 */
export interface Activity {
  readonly startSeconds: number;
  /** When the tasks that run were the tasks wanted, or that was given up; undefined while neither is so. */
  endSeconds?: number;
  statusCode: 'InProgress' | 'Successful' | 'Overridden' | 'Unfulfilled';
  readonly origin: ActivityOrigin;
  readonly cause: string;
  /** What was measured; undefined for an activity that no metric caused. */
  readonly metric?: ScalingMetric;
  readonly metricValue?: number;
  /** The target of the policy, or the threshold of its alarm. */
  readonly targetValue?: number;
  /** The tasks the computation started from. */
  readonly baseCapacity: number;
  /** The tasks that were asked for, before minimum and maximum were applied. */
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

/** The first activity that added tasks, or that took some away. */
export function firstActivity(activities: readonly Activity[], direction: 'out' | 'in'): Activity | undefined {
  return activities.find((activity) => isScaleOut(activity) === (direction === 'out'));
}

const STATUS_IN_WORDS: Readonly<Record<Activity['statusCode'], string>> = {
  InProgress: 'Setting',
  Successful: 'Successfully set',
  Overridden: 'Overridden before it was complete: set',
  Unfulfilled: 'Not fulfilled in time: set',
};

/** The words of an activity's description. */
export function describeActivity(activity: Activity): string {
  return `${STATUS_IN_WORDS[activity.statusCode]} desired count to ${activity.toCapacity}`;
}
