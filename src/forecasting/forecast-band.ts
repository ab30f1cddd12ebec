import type { ForecastRange } from './forecast-range';

/**
 * What many seeds say of one question: nobody knows beforehand which of them will come true.
 */
export interface ForecastBand {
  /**
   * How many seeds were asked.
   */
  readonly seeds: number;

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
   * Hours of tasks that are paid for.
   */
  readonly taskHours: ForecastRange;

  /**
   * When tasks were first added, in seconds from the start of the traffic.
   *
   * @default - none: with no seed were tasks added
   */
  readonly firstScaleOutSeconds?: ForecastRange;

  /**
   * When a task was first taken away, in seconds from the start of the traffic.
   *
   * @default - none: with no seed was a task taken away
   */
  readonly firstScaleInSeconds?: ForecastRange;
}
