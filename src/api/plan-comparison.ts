import type { ForecastBand, ForecastRange } from './forecast-band';

/**
 * Plans compared under the same traffic: reliability and cost.
 */
export interface PlanComparison {
  /**
   * The number of seeds, the same for each plan.
   */
  readonly seeds: number;

  /**
   * The figures of each plan, by its name.
   */
  readonly plans: { [name: string]: PlanFigures };

  /**
   * The differences of each plan from the first one, as text.
   */
  readonly tradeOffs: string[];
}

/**
 * The figures of a plan over many seeds, with its cost.
 */
export interface PlanFigures {
  /**
   * Tasks, failed requests and times, as of a forecast.
   */
  readonly band: ForecastBand;

  /**
   * The 95th percentile of latency of the whole run, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p95Millis?: ForecastRange;

  /**
   * The 99th percentile of latency of the whole run, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p99Millis?: ForecastRange;

  /**
   * The cost of a month in dollars, the forecast repeated.
   */
  readonly dollarsPerMonth: ForecastRange;

  /**
   * The part of it for tasks.
   */
  readonly taskDollarsPerMonth: ForecastRange;
}
