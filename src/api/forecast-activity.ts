/**
 * A scaling activity of Application Auto Scaling, with its cause.
 */
export interface ForecastActivity {
  /**
   * When the activity started, in seconds from the start of the traffic.
   */
  readonly startSeconds: number;

  /**
   * When the activity ended, in seconds from the start of the traffic: the running count reached the desired count, or it timed out.
   *
   * @default - none: it did not end before the traffic or the next activity
   */
  readonly endSeconds?: number;

  /**
   * `InProgress`, `Successful`, `Overridden` by the next activity, or `Unfulfilled` if the tasks did not start in time.
   */
  readonly statusCode: string;

  /**
   * The description of the activity.
   */
  readonly description: string;

  /**
   * The alarm, scheduled action or predicted minimum that caused it.
   */
  readonly cause: string;

  /**
   * The desired count before.
   */
  readonly fromCapacity: number;

  /**
   * The desired count after.
   */
  readonly toCapacity: number;
}

/**
 * A scaling decision without an activity, and its reason.
 */
export interface ForecastNotScaled {
  /**
   * When it was made first, in seconds from the start of the traffic.
   */
  readonly startSeconds: number;

  /**
   * When it was made last for the same reason.
   */
  readonly endSeconds: number;

  /**
   * The reason code of `describe-scaling-activities --include-not-scaled-activities`, such as `AlreadyAtMaxCapacity`.
   */
  readonly reason: string;

  /**
   * The alarm that caused the decision.
   */
  readonly cause: string;

  /**
   * The desired count, which did not change.
   */
  readonly currentCapacity: number;
}

/**
 * An event of the tasks: a fault, a replacement, a deployment.
 */
export interface ForecastEvent {
  /**
   * When, in seconds from the start of the traffic.
   */
  readonly atSeconds: number;

  /**
   * `fault`, `task-lost`, `replacement-healthy`, `zone-recovered`, `rebalancing-started`, `deployment-started`, `deployment-paused`,
   * `deployment-continued`, `bake-started`, `deployment-completed`, `deployment-failed`, `rolled-back` or `policy-changed`.
   */
  readonly kind: string;

  /**
   * The event as text, such as `2 tasks were stopped`.
   */
  readonly description: string;
}
