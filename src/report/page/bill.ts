import type { Bill } from '../../forecast/cost/bill';
import type { MonthlyCost } from '../../forecast/cost/monthly-cost';
import { textElement } from '../markup';
import type { Column } from '../text/columns';
import { table } from './table';

interface Line {
  readonly name: string;
  readonly bills: Readonly<Record<'minimum' | 'expected' | 'maximum', number>>;
}

const COLUMNS: readonly Column<Line>[] = [
  { heading: 'dollars a month', cell: ({ name }) => name },
  { heading: 'at least', cell: ({ bills }) => bills.minimum.toFixed(2) },
  { heading: 'like this', cell: ({ bills }) => bills.expected.toFixed(2) },
  { heading: 'at most', cell: ({ bills }) => bills.maximum.toFixed(2) },
];

/** What a month costs, part by part, with where and when the prices held. */
export function billTable(cost: MonthlyCost): string {
  const dollars = (bill: Bill, name: string): number => bill.parts.find((part) => part.name === name)?.dollars ?? 0;
  const line = (name: string, of: (bill: Bill) => number): Line => ({
    name,
    bills: { minimum: of(cost.minimum), expected: of(cost.expected), maximum: of(cost.maximum) },
  });
  const parts = cost.maximum.parts.map(({ name }) => line(name, (bill) => dollars(bill, name)));
  const paid = parts.filter(({ bills }) => bills.maximum > 0 || bills.expected > 0);
  const note = `Prices of ${cost.prices.region} as of ${cost.prices.asOf}: at least with the fewest tasks and no requests, at most with the most tasks under the busiest minute.`;
  return table(COLUMNS, [...paid, line('together', (bill) => bill.dollars)]) + textElement('p', { class: 'note' }, note);
}
