import type { ForecastFailures } from './forecast-failures';

/**
 * Sums over a whole forecast. Every request that was made was served, has failed, or is in flight at the end.
 */
export interface ForecastTotals {
  /**
   * Requests that were made.
   */
  readonly requests: number;

  /**
   * Requests that were answered.
   */
  readonly servedRequests: number;

  /**
   * Requests that got no answer, or an error.
   */
  readonly failedRequests: number;

  /**
   * The same by how they failed.
   */
  readonly failures: ForecastFailures;

  /**
   * Requests that wait for their answer at the end.
   */
  readonly inFlightRequests: number;

  /**
   * The mean latency of the answered requests, in milliseconds.
   */
  readonly meanLatencyMillis: number;

  /**
   * The most tasks that were wanted or ran at once.
   */
  readonly maxTasks: number;

  /**
   * Hours that are paid for: each task from its launch until it has stopped.
   */
  readonly taskHours: number;

  /**
   * Seconds in which the metric of any policy was over its target, looked at once a minute as CloudWatch does.
   */
  readonly secondsOverTarget: number;

  /**
   * Seconds in which no more tasks may have been wanted.
   */
  readonly secondsAtMaxCapacity: number;

  /**
   * Seconds in which requests were made and none was answered.
   */
  readonly outageSeconds: number;

  /**
   * From the minute in which a metric was first over its target to the one in which none is any more and all wanted tasks are
   * healthy.
   *
   * @default - none: no metric was over its target, or relief did not come
   */
  readonly secondsFromSurgeToRelief?: number;
}
