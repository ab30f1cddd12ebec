/**
 * Sums over a whole forecast.
 */
export interface ForecastTotals {
  /**
   * Requests that were made.
   */
  readonly requests: number;

  /**
   * Requests that got no answer, or an error.
   */
  readonly failedRequests: number;

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
}
