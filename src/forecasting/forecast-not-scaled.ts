/**
 * A decision that changed nothing, and why.
 */
export interface ForecastNotScaled {
  /**
   * When it was first taken, in seconds from the start of the traffic.
   */
  readonly startSeconds: number;

  /**
   * When it was last taken for the same reason.
   */
  readonly endSeconds: number;

  /**
   * The reason in the codes of `describe-scaling-activities --include-not-scaled-activities`, such as `AlreadyAtMaxCapacity`.
   */
  readonly reason: string;

  /**
   * Which alarm made scaling look.
   */
  readonly cause: string;

  /**
   * The desired count, which stayed.
   */
  readonly currentCapacity: number;
}
