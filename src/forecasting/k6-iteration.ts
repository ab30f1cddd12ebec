import type { Duration } from 'aws-cdk-lib';

/**
 * What a virtual user of k6 does again and again. It stands in the script, which is not read.
 */
export interface K6Iteration {
  /**
   * How long a user sleeps in each iteration.
   *
   * @default Duration.seconds(0)
   */
  readonly sleep?: Duration;

  /**
   * How many requests an iteration makes; above 0.
   *
   * @default 1
   */
  readonly requests?: number;
}
