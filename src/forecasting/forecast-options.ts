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
}
