import type { ForecastRange } from './forecast-range';

/**
 * What a plan comes to over many seeds, in the numbers by which plans are told apart.
 */
export interface PlanFigures {
  /**
   * The most tasks that were wanted or ran at once.
   */
  readonly maxTasks: ForecastRange;

  /**
   * Requests that got no answer, or an error.
   */
  readonly failedRequests: ForecastRange;

  /**
   * Seconds in which the metric of any policy was over its target.
   */
  readonly secondsOverTarget: ForecastRange;

  /**
   * Seconds in which requests were made and none was answered.
   */
  readonly outageSeconds: ForecastRange;

  /**
   * 95 of 100 answers of the whole run were quicker, in milliseconds.
   *
   * @default - none: nothing was answered
   */
  readonly p95Millis?: ForecastRange;

  /**
   * What a month costs that is like the forecast, over and over, in dollars.
   */
  readonly dollarsPerMonth: ForecastRange;

  /**
   * What the tasks cost of it.
   */
  readonly taskDollarsPerMonth: ForecastRange;
}
