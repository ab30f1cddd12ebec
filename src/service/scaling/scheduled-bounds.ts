import type { TimeZone } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';

/**
 * Bounds that hold from a time on, until another schedule changes them.
 */
export interface ScheduledBounds {
  /**
   * What the schedule is called: 1 to 50 letters, digits and hyphens, and no other schedule of the service is.
   */
  readonly name: string;

  /**
   * When.
   */
  readonly schedule: Schedule;

  /**
   * Where the clock of the schedule hangs.
   *
   * @default - in UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * The fewest tasks from then on.
   *
   * @default - as few as before
   */
  readonly minCapacity?: number;

  /**
   * The most tasks from then on.
   *
   * @default - as many as before
   */
  readonly maxCapacity?: number;
}
