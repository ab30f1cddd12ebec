import type { Bill } from '../../decide/cost/bill';
import type { MonthlyCost } from '../../decide/cost/monthly-cost';
import { RANGED_PERCENTILES } from '../../metrics/latency-percentiles';
import { formatElapsed } from '../../parse/durations';
import type { Outcome } from '../../run/outcome';
import { type Activity, describeActivity, isScaleOut, type NotScaled } from '../../scaling/activity';
import type { Band, ForecastBand } from '../../simulation/band';
import { element, textElement } from '../markup';
import { formatWholeNumber } from '../number-format';
import { metricAndTargetText } from '../text/activity-text';
import type { Column } from '../text/columns';

/** A table in HTML; the first column names its row. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], cssClass: 'numbers' | 'text' = 'numbers'): string {
  const head = element(
    'tr',
    {},
    columns.map(({ heading }) => textElement('th', { scope: 'col' }, heading.trim())),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      columns.map(({ cell }, index) => (index === 0 ? textElement('th', { scope: 'row' }, cell(row)) : textElement('td', {}, cell(row)))),
    ),
  );
  return element('div', { class: 'wide' }, element('table', { class: cssClass }, [element('thead', {}, head), element('tbody', {}, body)]));
}

interface ActivityEntry {
  readonly atSeconds: number;
  readonly until: string;
  readonly what: string;
  readonly why: string;
}

const ACTIVITY_COLUMNS: readonly Column<ActivityEntry>[] = [
  { heading: 'time', cell: (entry) => formatElapsed(entry.atSeconds) },
  { heading: 'until', cell: (entry) => entry.until },
  { heading: 'what', cell: (entry) => entry.what },
  { heading: 'why', cell: (entry) => entry.why },
];

/** The maximum number of activities in the table. */
const MAX_ENTRIES = 300;

/** The scaling activities and the not scaled ones with their causes, in the order of time. */
export function activityTable({ activities, notScaled, totals }: Outcome): string {
  const entries = [...activities.map(activityEntry), ...notScaled.map(notScaledEntry)].sort((a, b) => a.atSeconds - b.atSeconds);
  const nothing = activities.length === 0 ? textElement('p', {}, `Nothing scaled${reasonForNothing(totals)}.`) : '';
  if (entries.length === 0) return nothing;
  const shown = nothing + table(ACTIVITY_COLUMNS, entries.slice(0, MAX_ENTRIES), 'text');
  const more = entries.length - MAX_ENTRIES;
  return more > 0 ? shown + textElement('p', { class: 'note' }, `… and ${formatWholeNumber(more)} more`) : shown;
}

function activityEntry(activity: Activity): ActivityEntry {
  return {
    atSeconds: activity.startSeconds,
    until: activity.endSeconds === undefined ? 'not complete' : formatElapsed(activity.endSeconds),
    what: `${isScaleOut(activity) ? '▲' : '▼'} ${describeActivity(activity)}, from ${activity.fromCapacity}`,
    why: activity.metric === undefined ? activity.cause : `${activity.cause}; ${metricAndTargetText(activity)}`,
  };
}

function notScaledEntry(entry: NotScaled): ActivityEntry {
  return {
    atSeconds: entry.startSeconds,
    until: entry.endSeconds > entry.startSeconds ? formatElapsed(entry.endSeconds) : '',
    what: `Not scaled: ${entry.reason} (desired count ${entry.currentCapacity})`,
    why: entry.cause,
  };
}

function reasonForNothing({ secondsOverTarget }: Outcome['totals']): string {
  return secondsOverTarget === 0
    ? ': no metric was over its target'
    : `: a metric was over its target for ${formatElapsed(secondsOverTarget)} in total, but not for long enough`;
}

interface BillRow {
  readonly name: string;
  readonly dollars: Readonly<Record<'minimum' | 'expected' | 'maximum', number>>;
}

const BILL_COLUMNS: readonly Column<BillRow>[] = [
  { heading: 'dollars per month', cell: ({ name }) => name },
  { heading: 'at least', cell: ({ dollars }) => dollars.minimum.toFixed(2) },
  { heading: 'expected', cell: ({ dollars }) => dollars.expected.toFixed(2) },
  { heading: 'at most', cell: ({ dollars }) => dollars.maximum.toFixed(2) },
];

/** The cost per month by part, with region and date of the prices. */
export function billTable(cost: MonthlyCost): string {
  const partDollars = (bill: Bill, name: string): number => bill.parts.find((part) => part.name === name)?.dollars ?? 0;
  const billRow = (name: string, value: (bill: Bill) => number): BillRow => ({
    name,
    dollars: { minimum: value(cost.minimum), expected: value(cost.expected), maximum: value(cost.maximum) },
  });
  const parts = cost.maximum.parts.map(({ name }) => billRow(name, (bill) => partDollars(bill, name)));
  const shown = parts.filter(({ dollars }) => dollars.maximum > 0 || dollars.expected > 0);
  const note = `Prices of ${cost.prices.region} as of ${cost.prices.asOf}: at least with minCapacity and no requests, at most with maxCapacity at the load of the busiest minute.${cost.assumptions.map((text) => ` Assumed: ${text}.`).join('')}`;
  return table(BILL_COLUMNS, [...shown, billRow('total', (bill) => bill.dollars)]) + textElement('p', { class: 'note' }, note);
}

interface UncertainFigure {
  readonly name: string;
  readonly band?: Band;
  readonly format: (value: number) => string;
}

const UNCERTAINTY_COLUMNS: readonly Column<UncertainFigure>[] = [
  { heading: '', cell: ({ name }) => name },
  { heading: '5th percentile', cell: ({ band, format }) => (band === undefined ? 'never' : format(band.low)) },
  { heading: 'median', cell: ({ band, format }) => (band === undefined ? 'never' : format(band.median)) },
  { heading: '95th percentile', cell: ({ band, format }) => (band === undefined ? 'never' : format(band.high)) },
];

/** The range of the numbers of a forecast over many seeds: it is unknown at which second of a minute CloudWatch evaluates an alarm. */
export function uncertaintyTable(band: ForecastBand): string {
  return table(UNCERTAINTY_COLUMNS, [
    { name: firstName('first scale-out', band.firstScaleOutSeconds, band.seeds), band: band.firstScaleOutSeconds, format: formatElapsed },
    { name: firstName('first scale-in', band.firstScaleInSeconds, band.seeds), band: band.firstScaleInSeconds, format: formatElapsed },
    { name: 'maximum tasks', band: band.maxTasks, format: formatWholeNumber },
    { name: 'requests failed', band: band.failedRequests, format: formatWholeNumber },
    ...RANGED_PERCENTILES.map(({ name }) => ({ name: `${name} latency, ms`, band: band[`${name}Millis`], format: formatWholeNumber })),
  ]);
}

/** The name of a first activity. Its percentiles are those of the seeds that have one. */
function firstName(name: string, band: Band | undefined, seeds: number): string {
  return band === undefined || band.seeds === seeds ? name : `${name}, only with ${band.seeds} of ${seeds} seeds`;
}
