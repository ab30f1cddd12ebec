import type { Size } from 'aws-cdk-lib';
import type { AwsBehaviorOptions } from './aws-behavior-options';
import type { Fault } from './fault';
import type { PolicyChangeOptions } from './policy-change-options';
import type { PredictedMinimum } from './predicted-minimum';
import type { Traffic } from './traffic';
import type { Workload } from './workload';

/**
 * The question that a forecast answers: what will scaling make of this traffic?
 */
export interface ForecastOptions {
  /**
   * What arrives.
   */
  readonly traffic: Traffic;

  /**
   * What a request costs a task.
   *
   * @default Workload.referenceSearchService()
   */
  readonly workload?: Workload;

  /**
   * What goes wrong meanwhile, or is done to the service.
   *
   * @default - nothing
   */
  readonly faults?: Fault[];

  /**
   * The size of the image, which is pulled for each task that starts: about a second for every 11 MB.
   *
   * @default - as small as that of the benchmark which the time to start was taken from
   */
  readonly imageSize?: Size;

  /**
   * The first seed: a whole number from 0 to 4,294,967,295.
   *
   * Nobody can choose or know when AWS looks at a metric, and how long a task takes to start. A seed decides it, the same seed always in
   * the same way.
   *
   * @default 1
   */
  readonly seed?: number;

  /**
   * How many seeds the question is answered with, from 1 to 10,000: this one and those that follow.
   *
   * @default - a hundred, or as many as make ten days of traffic together, but ten at least
   */
  readonly seeds?: number;

  /**
   * When the traffic begins, as `2026-11-27T08:30`, in the time zone of the scheduled actions.
   *
   * @default - a Monday at midnight
   */
  readonly startsAt?: string;

  /**
   * Targets that somebody changes while the traffic goes on.
   *
   * @default - none
   */
  readonly policyChanges?: PolicyChangeOptions[];

  /**
   * The minimums that predictive scaling will set.
   *
   * @default - none
   */
  readonly predictedMinimums?: PredictedMinimum[];

  /**
   * How AWS behaves where it does not say how.
   *
   * @default - what published logs and benchmarks suggest
   */
  readonly behavior?: AwsBehaviorOptions;
}
