import type { Duration } from 'aws-cdk-lib';

/**
 * A minimum that predictive scaling sets ahead of the load, until the next one.
 */
export interface PredictedMinimum {
  /**
   * From when on, from the start of the traffic; before it ends.
   */
  readonly at: Duration;

  /**
   * The fewest tasks from then on: a whole number of at least 0.
   */
  readonly minCapacity: number;
}
