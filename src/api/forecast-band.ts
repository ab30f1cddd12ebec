/**
 * The figures of a forecast over many seeds.
 *
 * Those of an outcome are over the undocumented behaviors of AWS too: the median is that of the assumed behavior, `low` is the lowest,
 * `high` and `max` are the highest of all behaviors.
 */
export interface ForecastBand {
  /**
   * The number of seeds.
   */
  readonly seeds: number;

  /**
   * The maximum of desired and running tasks.
   */
  readonly maxTasks: ForecastRange;

  /**
   * Requests that got no response, or an error.
   */
  readonly failedRequests: ForecastRange;

  /**
   * Seconds in which the metric of any policy was over its target.
   */
  readonly secondsOverTarget: ForecastRange;

  /**
   * Seconds in which requests were sent and none was served.
   */
  readonly outageSeconds: ForecastRange;

  /**
   * Billed hours of tasks.
   */
  readonly taskHours: ForecastRange;

  /**
   * The 95th percentile of latency of the whole run, in milliseconds, over the seeds in which something was served.
   *
   * @default - none: nothing was served
   */
  readonly p95Millis?: ForecastRange;

  /**
   * The 99th percentile of latency of the whole run, in milliseconds, over the seeds in which something was served.
   *
   * @default - none: nothing was served
   */
  readonly p99Millis?: ForecastRange;

  /**
   * The first scale-out, in seconds from the start of the traffic, over the seeds that scaled out: its `seeds`.
   *
   * @default - none: no seed scaled out
   */
  readonly firstScaleOutSeconds?: ForecastRange;

  /**
   * The first scale-in, in seconds from the start of the traffic, over the seeds that scaled in: its `seeds`.
   *
   * @default - none: no seed scaled in
   */
  readonly firstScaleInSeconds?: ForecastRange;
}

/**
 * The range of a figure over many seeds.
 */
export interface ForecastRange {
  /**
   * The 5th percentile, in the unit of the figure.
   */
  readonly low: number;

  /**
   * The median, in the unit of the figure.
   */
  readonly median: number;

  /**
   * The 95th percentile, in the unit of the figure.
   */
  readonly high: number;

  /**
   * The maximum: no seed has more.
   */
  readonly max: number;

  /**
   * The number of seeds that have the figure. Fewer than all seeds of the forecast where some never scale out or in.
   */
  readonly seeds: number;
}

/**
 * The figures of a forecast with another value of one undocumented setting of AWS.
 */
export interface ForecastSensitivity {
  /**
   * The setting, such as `scaleInStep` or `metricDelaySeconds`.
   */
  readonly setting: string;

  /**
   * The other value, as JSON.
   */
  readonly value: string;

  /**
   * The figures with that value.
   */
  readonly band: ForecastBand;
}
