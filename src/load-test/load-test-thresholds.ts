import type { Duration } from 'aws-cdk-lib';

/**
 * What a load test must reach. If it does not, its container exits with 99 instead of 0.
 */
export interface LoadTestThresholds {
  /**
   * The maximum of failed requests, in percent: from 0 to 100. A request fails without a response, or with an unexpected status.
   *
   * @default 1
   */
  readonly maxFailedPercent?: number;

  /**
   * The maximum of the mean response time.
   *
   * @default - none
   */
  readonly maxMean?: Duration;

  /**
   * The maximum of the median response time.
   *
   * @default - none
   */
  readonly maxP50?: Duration;

  /**
   * The maximum of the 90th percentile of the response time.
   *
   * @default - none
   */
  readonly maxP90?: Duration;

  /**
   * The maximum of the 95th percentile of the response time.
   *
   * @default - none
   */
  readonly maxP95?: Duration;

  /**
   * The maximum of the 99th percentile of the response time.
   *
   * @default - none
   */
  readonly maxP99?: Duration;

  /**
   * The minimum number of requests: a whole number, at least 1.
   *
   * @default 1
   */
  readonly minRequests?: number;
}
