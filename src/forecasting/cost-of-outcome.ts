import type { Bill } from '../forecast/cost/bill';
import { type CostOptions as Costing, monthlyCost } from '../forecast/cost/monthly-cost';
import type { Outcome } from '../scenario/outcome';
import type { Scenario } from '../scenario/scenario';
import type { CostOptions } from './cost-options';
import type { MonthlyBill } from './monthly-bill';
import type { MonthlyCost } from './monthly-cost';
import { pricesOf } from './prices-of-options';

/** What a cost depends on, as the rules of cost take it. */
export function costingOf({ prices, outboundGigabytesPerMonth }: CostOptions): Costing {
  return { prices: pricesOf(prices ?? {}), outboundGigabytesPerMonth };
}

/** What a month costs that is like an outcome. */
export function costOf(scenario: Scenario, outcome: Outcome, options: CostOptions): MonthlyCost {
  const { minimum, expected, maximum, prices } = monthlyCost(scenario, outcome, costingOf(options));
  return { minimum: billOf(minimum), expected: billOf(expected), maximum: billOf(maximum), region: prices.region, asOf: prices.asOf };
}

function billOf({ dollars, parts }: Bill): MonthlyBill {
  return { dollars, parts: Object.fromEntries(parts.map((part) => [part.name, part.dollars])) };
}
