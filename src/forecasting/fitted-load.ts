/**
 * How well a fitted workload meets one of the loads that it was fitted to.
 */
export interface FittedLoad {
  /**
   * Requests per second of each task.
   */
  readonly requestsPerSecondPerTask: number;

  /**
   * The CPU that was measured, in percent.
   */
  readonly measuredCpuPercent: number;

  /**
   * The CPU that the workload says, in percent.
   */
  readonly fittedCpuPercent: number;

  /**
   * The mean latency that was measured, in milliseconds.
   *
   * @default - not measured
   */
  readonly measuredMeanMillis?: number;

  /**
   * The mean latency that the workload says, in milliseconds.
   *
   * @default - not measured
   */
  readonly fittedMeanMillis?: number;

  /**
   * The 95th percentile that was measured, in milliseconds.
   *
   * @default - not measured
   */
  readonly measuredP95Millis?: number;

  /**
   * The 95th percentile that the workload says, in milliseconds.
   *
   * @default - not measured
   */
  readonly fittedP95Millis?: number;
}
