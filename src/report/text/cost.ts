import type { Bill } from '../../forecast/cost/bill';
import type { MonthlyCost } from '../../forecast/cost/monthly-cost';

/** What a month costs, and what most of it is for. */
export function costLines({ minimum, expected, maximum, waysOut, prices }: MonthlyCost): string[] {
  return [
    `$${expected.dollars.toFixed(2)} for a month like this, from $${minimum.dollars.toFixed(2)} to $${maximum.dollars.toFixed(2)} (${prices.region}, ${prices.asOf})`,
    largestParts(expected),
    ...waysOut,
  ];
}

function largestParts({ parts }: Bill): string {
  const paid = parts.filter(({ dollars }) => dollars >= 0.005).sort((a, b) => b.dollars - a.dollars);
  return paid.map(({ name, dollars }) => `${name} $${dollars.toFixed(2)}`).join(', ');
}
