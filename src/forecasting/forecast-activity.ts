/**
 * One decision of the scaling loop with its cause, in the words of Application Auto Scaling.
 */
export interface ForecastActivity {
  /**
   * When the decision was taken, in seconds from the start of the traffic.
   */
  readonly startSeconds: number;

  /**
   * When the tasks that run were the tasks wanted, or that was given up, in seconds from the start of the traffic.
   *
   * @default - none: neither was so before the end, or before another decision
   */
  readonly endSeconds?: number;

  /**
   * `InProgress`, `Successful`, `Overridden` by a decision that came before it was complete, or `Unfulfilled` where the tasks did not come
   * in time.
   */
  readonly statusCode: string;

  /**
   * What was done.
   */
  readonly description: string;

  /**
   * Which alarm, scheduled action or predicted minimum made scaling do it.
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
