import type { MonthlyBill } from './monthly-bill';

/**
 * What a service costs in a month of 730 hours, in dollars.
 *
 * Left out: logs, traces, the firewall, data between zones, taxes and discounts.
 */
export interface MonthlyCost {
  /**
   * The fewest tasks all the time, and no requests.
   */
  readonly minimum: MonthlyBill;

  /**
   * A month that is like the forecast, over and over.
   */
  readonly expected: MonthlyBill;

  /**
   * The most tasks all the time, under the load of the busiest minute.
   */
  readonly maximum: MonthlyBill;

  /**
   * The region that the prices are of.
   */
  readonly region: string;

  /**
   * The day on which the prices were looked up, as year-month-day.
   */
  readonly asOf: string;
}
