/** When AWS's periods begin and how long its delays are, which differs from run to run. */
export interface LoopTiming {
  /** The end of the first metric period, in seconds of the scenario. */
  readonly firstPeriodEndsAtSeconds: number;
  /** The first evaluation of the alarms, in seconds of the scenario. */
  readonly firstEvaluationAtSeconds: number;
  /** From the end of a metric period until its datapoint is available to alarms. */
  readonly metricDelaySeconds: number;
  /** The same for high-resolution metrics. */
  readonly highResolutionDelaySeconds: number;
  /** From the time of a scheduled action until it runs. */
  readonly scheduledActionDelaySeconds: number;
}
