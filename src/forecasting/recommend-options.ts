import type { Duration } from 'aws-cdk-lib';
import type { CompareOptions } from './compare-options';

/**
 * What a recommended policy has to achieve, and under which traffic.
 *
 * Seeds are chosen by the search; of `seed` and `seeds` only `seed` counts.
 */
export interface RecommendOptions extends CompareOptions {
  /**
   * 95 of 100 answers of the whole run are to be quicker; above 0.
   *
   * @default - any latency is good enough
   */
  readonly p95?: Duration;

  /**
   * The requests that may fail, in percent: from 0 to 100.
   *
   * @default 0
   */
  readonly failedPercent?: number;

  /**
   * So many tasks may be lost at any moment, and those that are left can answer what arrives: a whole number of at least 0. 1 is
   * called N+1.
   *
   * @default 0
   */
  readonly tasksLost?: number;

  /**
   * Whether the tasks of a whole zone may be lost at any moment.
   *
   * @default false
   */
  readonly survivesZoneLoss?: boolean;

  /**
   * The sizes of tasks that may be recommended, in CPU units, of those that Fargate offers.
   *
   * @default - all that Fargate offers up to 4 vCPU
   */
  readonly cpus?: number[];
}
