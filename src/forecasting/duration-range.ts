import type { Duration } from 'aws-cdk-lib';

/**
 * Any time from the least to the most is as likely as another.
 */
export interface DurationRange {
  /**
   * The shortest it may take.
   */
  readonly least: Duration;

  /**
   * The longest it may take.
   */
  readonly most: Duration;
}
