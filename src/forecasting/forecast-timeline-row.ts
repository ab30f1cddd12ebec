import type { ForecastFailures } from './forecast-failures';

/**
 * One minute of a forecast, or less at its end.
 */
export interface ForecastTimelineRow {
  /**
   * When the row ends, in seconds from the start of the traffic.
   */
  readonly atSeconds: number;

  /**
   * The users at the end of the row.
   *
   * @default - none: the traffic is in requests per second
   */
  readonly users?: number;

  /**
   * Requests made in a second, averaged over the row.
   */
  readonly offeredPerSecond: number;

  /**
   * Requests answered in a second, averaged over the row.
   */
  readonly requestsPerSecond: number;

  /**
   * Requests that failed in the row.
   */
  readonly failedRequests: number;

  /**
   * The same by how they failed.
   */
  readonly failures: ForecastFailures;

  /**
   * The tasks that scaling wants.
   */
  readonly desiredCount: number;

  /**
   * The tasks that run, whether or not they serve yet.
   */
  readonly runningCount: number;

  /**
   * The tasks that the load balancer sends requests to.
   */
  readonly healthyCount: number;

  /**
   * The CPU that the tasks used, in percent of what they may use.
   *
   * @default - none: no task ran
   */
  readonly cpuUtilizationPercent?: number;

  /**
   * The memory that the tasks used, in percent of what they may use.
   *
   * @default - none: no task ran
   */
  readonly memoryUtilizationPercent?: number;

  /**
   * Requests in a minute for each healthy task.
   *
   * @default - none: no task was healthy
   */
  readonly requestCountPerTarget?: number;

  /**
   * Half of the answers took at most so many milliseconds.
   *
   * @default - none: nothing was answered
   */
  readonly p50Millis?: number;

  /**
   * 95 of 100 answers took at most so many milliseconds.
   *
   * @default - none: nothing was answered
   */
  readonly p95Millis?: number;

  /**
   * The same by the kinder of the two latency models: see `LatencyModel`.
   *
   * @default - none: nothing was answered
   */
  readonly p95LowMillis?: number;

  /**
   * The same by the more cautious of them.
   *
   * @default - none: nothing was answered
   */
  readonly p95HighMillis?: number;
}
