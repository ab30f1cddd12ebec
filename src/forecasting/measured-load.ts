/**
 * One load under which a service was watched, as a load test and CloudWatch report it. Take full minutes: others spoil it.
 */
export interface MeasuredLoad {
  /**
   * Requests per second of the whole service.
   */
  readonly requestsPerSecond: number;

  /**
   * The CPU of the tasks on average, in percent of what they may use: from 0 to 100.
   */
  readonly cpuPercent: number;

  /**
   * The tasks that shared the requests.
   *
   * @default 1
   */
  readonly tasks?: number;

  /**
   * The mean latency as the client saw it, in milliseconds.
   *
   * @default - not measured
   */
  readonly meanMillis?: number;

  /**
   * The latency that half of the answers did not exceed, in milliseconds.
   *
   * @default - not measured
   */
  readonly p50Millis?: number;

  /**
   * The latency that 95 of 100 answers did not exceed, in milliseconds.
   *
   * @default - not measured
   */
  readonly p95Millis?: number;

  /**
   * How much the point counts beside the others: less than 1 where something else ran at the same time. Above 0.
   *
   * @default 1
   */
  readonly weight?: number;
}
