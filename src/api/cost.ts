import type { Bill } from '../decide/cost/bill';
import { type CostOptions as ModelCostOptions, monthlyCost } from '../decide/cost/monthly-cost';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { checkTypes, NUMBER, type OptionTypes, optional, PRICES } from './argument-types';
import type { Prices } from './price-list';

/**
 * The inputs of a cost besides the forecast.
 */
export interface CostOptions {
  /**
   * The prices of AWS.
   *
   * @default Prices.usEast1()
   */
  readonly prices?: Prices;

  /**
   * The data that tasks send and receive in a month through NAT gateways, or else interface endpoints, in GB: images, logs, calls
   * to other services.
   *
   * @default 0
   */
  readonly outboundGigabytesPerMonth?: number;
}

/**
 * The cost of a service in a month of 730 hours, in dollars.
 *
 * Spot is counted at each number of tasks: Fargate Spot by base and weights of its capacity providers, Spot Instances by the mixed instances policy. Its
 * price varies, so the minimum has the largest discount, and the maximum the smallest.
 *
 * Not included: logs, traces, the web ACL, data between Availability Zones, taxes and discounts.
 */
export interface MonthlyCost {
  /**
   * `minCapacity` all the time, without requests, at the largest discount of Spot.
   */
  readonly minimum: MonthlyBill;

  /**
   * The forecast repeated for a month, at the expected discount of Spot.
   */
  readonly expected: MonthlyBill;

  /**
   * `maxCapacity` all the time, at the load of the busiest minute and the smallest discount of Spot.
   */
  readonly maximum: MonthlyBill;

  /**
   * What the bills assume, as text: the discounts of Spot, the dates of prices with one of their own, and that no other stack of the account uses the three free dashboards.
   */
  readonly assumptions: string[];

  /**
   * The region of the prices.
   */
  readonly region: string;

  /**
   * The date of the prices, such as `2026-09-20`.
   */
  readonly asOf: string;
}

/**
 * The bill of a month.
 */
export interface MonthlyBill {
  /**
   * The sum of all parts.
   */
  readonly dollars: number;

  /**
   * The cost of each part by its name: tasks, load balancer, NAT gateways and so on, including parts that cost nothing.
   */
  readonly parts: { [name: string]: number };
}

const COST_OPTIONS: OptionTypes<CostOptions> = { prices: optional(PRICES), outboundGigabytesPerMonth: optional(NUMBER) };

/** The cost options in the types of `src/decide`. */
export function modelCostOptions(options: CostOptions): ModelCostOptions {
  checkTypes('cost options', options, COST_OPTIONS);
  const { prices, outboundGigabytesPerMonth } = options;
  return { prices: prices?._prices(), outboundGigabytesPerMonth };
}

/** The cost of an outcome repeated for a month. */
export function costOf(scenario: Scenario, outcome: Outcome, options: CostOptions): MonthlyCost {
  const { minimum, expected, maximum, assumptions, prices } = monthlyCost(scenario, outcome, modelCostOptions(options));
  return {
    minimum: billOf(minimum),
    expected: billOf(expected),
    maximum: billOf(maximum),
    assumptions: [...assumptions],
    region: prices.region,
    asOf: prices.asOf,
  };
}

function billOf({ dollars, parts }: Bill): MonthlyBill {
  return { dollars, parts: Object.fromEntries(parts.map((part) => [part.name, part.dollars])) };
}
