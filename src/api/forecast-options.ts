import type { Duration, Size } from 'aws-cdk-lib';
import {
  BEHAVIOR,
  DURATION,
  FAULT,
  listOf,
  NUMBER,
  type OptionTypes,
  optional,
  SIZE,
  STRING,
  structOf,
  TRAFFIC,
  WORKLOAD,
} from './argument-types';
import type { AwsBehavior } from './behavior';
import type { Fault } from './fault';
import type { Traffic } from './traffic';
import type { Workload } from './workload';

/**
 * The traffic of a forecast, and everything that the forecast depends on besides the plan.
 */
export interface ForecastOptions {
  /**
   * The traffic.
   */
  readonly traffic: Traffic;

  /**
   * What a request costs a task.
   *
   * @default Workload.referenceSearchService()
   */
  readonly workload?: Workload;

  /**
   * Faults and deployments while the traffic lasts.
   *
   * @default - none
   */
  readonly faults?: Fault[];

  /**
   * The size of the image, which each new task pulls: about 1 second for 11 MB.
   *
   * @default - 50 MB, as in the benchmark of the provisioning time
   */
  readonly imageSize?: Size;

  /**
   * The first seed of the random decisions: a whole number from 0 to 4,294,967,295.
   *
   * The moment at which CloudWatch evaluates a metric and the time that a task takes to start are random. The same seed always gives
   * the same outcome.
   *
   * @default 1
   */
  readonly seed?: number;

  /**
   * The number of seeds, from 1 to 10,000: `seed` and those that follow.
   *
   * @default - 100, or for long traffic as many as 10 days of traffic together allow, but at least 10
   */
  readonly seeds?: number;

  /**
   * When the traffic begins, such as `2026-11-27T08:30`, in the time zone that all scheduled actions share, or else in
   * UTC.
   *
   * @default - a Monday at midnight
   */
  readonly startsAt?: string;

  /**
   * The traffic before: the load at its end is that of all minutes before the start, so that the alarms have their datapoints.
   *
   * @default - the load at the start of `traffic`; none where that is over a target, because the service would have scaled already
   */
  readonly history?: Traffic;

  /**
   * Changes of target values while the traffic lasts.
   *
   * @default - none
   */
  readonly policyChanges?: PolicyChangeOptions[];

  /**
   * The minimum capacities that predictive scaling sets.
   *
   * @default - none
   */
  readonly predictedMinimums?: PredictedMinimum[];

  /**
   * How AWS scales in the points that it does not document.
   *
   * @default AwsBehavior.typical()
   */
  readonly behavior?: AwsBehavior;
}

/**
 * A new target value of a policy while the traffic lasts.
 */
export interface PolicyChangeOptions {
  /**
   * When, from the start of the traffic; before its end.
   */
  readonly at: Duration;

  /**
   * The new target value in the unit of the metric: percent, or requests per task in a **minute**; above 0.
   */
  readonly targetValue: number;

  /**
   * The name of the target-tracking policy.
   *
   * @default - all of them
   */
  readonly policyName?: string;
}

/**
 * A minimum capacity that predictive scaling sets ahead of the load, until the next one.
 */
export interface PredictedMinimum {
  /**
   * When, from the start of the traffic; before its end.
   */
  readonly at: Duration;

  /**
   * The minimum number of tasks from then on: a whole number of at least 0.
   */
  readonly minCapacity: number;
}

const POLICY_CHANGE_OPTIONS: OptionTypes<PolicyChangeOptions> = { at: DURATION, targetValue: NUMBER, policyName: optional(STRING) };
const PREDICTED_MINIMUM: OptionTypes<PredictedMinimum> = { at: DURATION, minCapacity: NUMBER };

/** The types of the options of a forecast. */
export const FORECAST_OPTIONS: OptionTypes<ForecastOptions> = {
  traffic: TRAFFIC,
  workload: optional(WORKLOAD),
  faults: optional(listOf(FAULT)),
  imageSize: optional(SIZE),
  seed: optional(NUMBER),
  seeds: optional(NUMBER),
  startsAt: optional(STRING),
  history: optional(TRAFFIC),
  policyChanges: optional(listOf(structOf('PolicyChangeOptions', POLICY_CHANGE_OPTIONS))),
  predictedMinimums: optional(listOf(structOf('PredictedMinimum', PREDICTED_MINIMUM))),
  behavior: optional(BEHAVIOR),
};
