import type { ScalingMetric } from '../metrics/metric';

/** The reason code of a not scaled activity, as `describe-scaling-activities --include-not-scaled-activities` returns it. */
export type NotScaledReason =
  | 'AlreadyAtMaxCapacity'
  | 'AlreadyAtMinCapacity'
  | 'AlreadyAtDesiredCapacity'
  | 'AutoScalingAnticipatedFlapping'
  | 'TargetServicePutResourceAsUnscalable';

/** The kind of policy or action that caused an activity. */
export type ActivityOrigin = 'target-tracking' | 'step-scaling' | 'simple-scaling' | 'scheduled-action' | 'predicted-minimum';

/**
 * A scaling activity: one change of the desired count with its cause
 * (https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scaling-activities.html).
 */
export interface Activity {
  readonly startSeconds: number;
  /** When the running count reached the desired count, or the activity timed out; undefined while it is in progress. */
  endSeconds?: number;
  statusCode: 'InProgress' | 'Successful' | 'Overridden' | 'Unfulfilled';
  readonly origin: ActivityOrigin;
  readonly cause: string;
  /** The metric; undefined for an activity that no metric caused. */
  readonly metric?: ScalingMetric;
  readonly metricValue?: number;
  /** The target of the policy, or the threshold of its alarm. */
  readonly targetValue?: number;
  /** The number of tasks that the computation started from. */
  readonly baseCapacity: number;
  /** The computed number of tasks, before minimum and maximum capacity were applied. */
  readonly computedCapacity: number;
  readonly fromCapacity: number;
  readonly toCapacity: number;
}

/** A not scaled activity: a decision that changed nothing, and why. `endSeconds` increases while the same reason applies. */
export interface NotScaled {
  readonly startSeconds: number;
  endSeconds: number;
  readonly reason: NotScaledReason;
  readonly currentCapacity: number;
  readonly cause: string;
}

/** Whether an activity added tasks; if not, it removed some. */
export function isScaleOut(activity: Activity): boolean {
  return activity.toCapacity > activity.fromCapacity;
}

/** The first activity that added or removed tasks. */
export function firstActivity(activities: readonly Activity[], direction: 'out' | 'in'): Activity | undefined {
  return activities.find((activity) => isScaleOut(activity) === (direction === 'out'));
}

const STATUS_TEXT: Readonly<Record<Activity['statusCode'], string>> = {
  InProgress: 'Setting',
  Successful: 'Successfully set',
  Overridden: 'Overridden before completion: set',
  Unfulfilled: 'Not fulfilled in time: set',
};

/** The description of an activity. */
export function describeActivity(activity: Activity): string {
  return `${STATUS_TEXT[activity.statusCode]} desired count to ${activity.toCapacity}`;
}

/** A decision that changed nothing, and its time. */
type NotScaledDecision = Omit<NotScaled, 'startSeconds' | 'endSeconds'> & { readonly atSeconds: number };

/** Decisions that changed nothing. A decision that repeats in the next period extends the last entry. */
export class NotScaledLog {
  public readonly entries: NotScaled[] = [];

  public constructor(private readonly periodSeconds: number) {}

  public record({ atSeconds, reason, currentCapacity, cause }: NotScaledDecision): void {
    const last = this.entries.at(-1);
    const isSame = last?.reason === reason && last.cause === cause && last.currentCapacity === currentCapacity;
    if (isSame && atSeconds - last.endSeconds <= 1.5 * this.periodSeconds) last.endSeconds = atSeconds;
    else this.entries.push({ startSeconds: atSeconds, endSeconds: atSeconds, reason, currentCapacity, cause });
  }
}
