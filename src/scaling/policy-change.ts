/**
 * A policy that is put again with another target while a scenario runs.
 *
 * Its alarms are new ones then: they look back at the datapoints that are there already, so it may act within a minute.
 */
export interface PolicyChange {
  readonly atSeconds: number;
  /**
   * The target-tracking policy that is changed.
   *
   * @default - all of them
   */
  readonly policyName?: string;
  readonly targetValue: number;
}

/** A minimum that predictive scaling sets from a second of the scenario on, until the next one. */
export interface PredictedMinimum {
  readonly atSeconds: number;
  readonly minCapacity: number;
}
