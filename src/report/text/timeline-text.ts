import { LATENCY_PERCENTILES, type LatencyPercentile, RANGED_PERCENTILES } from '../../metrics/latency-percentiles';
import { valueInRow } from '../../metrics/metric';
import { SIGNALS } from '../../metrics/signals';
import { formatElapsed } from '../../parse/durations';
import { FAILURE_KINDS, type FailureKind } from '../../run/failures';
import type { TimelineRow } from '../../run/outcome';
import { type Column, headingLine, tableLine } from './columns';

type Columns = readonly Column<TimelineRow>[];

const TRAFFIC_COLUMNS: Columns = [
  { heading: '    time', cell: (row) => formatElapsed(row.atSeconds) },
  { heading: ' users', cell: (row) => formatWhole(row.users) },
  { heading: '  req/s', cell: (row) => formatWhole(row.servedRequestsPerSecond) },
];

const FAILED_COLUMN: Columns = [{ heading: 'failed', cell: (row) => formatWhole(row.failedRequests) }];

const COUNT_COLUMNS: Columns = [
  { heading: 'desired', cell: (row) => formatWhole(row.desiredCount) },
  { heading: 'running', cell: (row) => formatWhole(row.runningCount) },
  { heading: 'healthy', cell: (row) => formatWhole(row.healthyCount) },
];

/** An optional column is there where a row has a value. */
const signalColumns = (rows: readonly TimelineRow[]): Columns =>
  SIGNALS.flatMap((signal) => {
    const { column } = signal;
    if (column === undefined || (column.isOptional === true && !rows.some((row) => valueInRow(row, signal) !== undefined))) return [];
    const format = column.wholeNumbersOnly ? formatWhole : formatDecimal;
    return { heading: column.heading, cell: (row) => format(valueInRow(row, signal)) };
  });

const latencyColumns = (percentiles: readonly { readonly name: LatencyPercentile }[]): Columns =>
  percentiles.map(({ name }) => ({ heading: `${name} ms`, cell: (row) => formatDecimal(row[`${name}Millis`]) }));

/** With so many kinds of failures the median latency is left out, so that the timeline fits a terminal. */
const KINDS_WITHOUT_MEDIAN = 3;

/** Short, so that a timeline with all kinds fits a terminal of 120 columns. */
const FAILURE_HEADINGS: Readonly<Record<FailureKind, string>> = {
  'HTTP 502': '  502',
  'HTTP 503': '  503',
  'HTTP 504': '  504',
  other: 'other',
};

/** The approximate number of rows that are printed. */
const PRINTED_ROWS = 240;

/** The columns of a timeline: one per kind of failure that occurred, or one for all if there were none yet. */
export function timelineColumns(rows: readonly TimelineRow[] = []): Columns {
  const kinds = FAILURE_KINDS.filter((kind) => rows.some((row) => row.failures[kind] > 0));
  const byKind = kinds.map(
    (kind): Column<TimelineRow> => ({ heading: FAILURE_HEADINGS[kind], cell: (row) => formatWhole(row.failures[kind]) }),
  );
  const latencies = latencyColumns(kinds.length >= KINDS_WITHOUT_MEDIAN ? RANGED_PERCENTILES : LATENCY_PERCENTILES);
  return [...TRAFFIC_COLUMNS, ...(kinds.length === 0 ? FAILED_COLUMN : byKind), ...COUNT_COLUMNS, ...signalColumns(rows), ...latencies];
}

/** The headings of a timeline that is printed row by row. */
export function timelineHeadings(): string {
  return headingLine(timelineColumns());
}

/** One row of a timeline that is printed row by row. */
export function timelineLine(row: TimelineRow): string {
  return tableLine(timelineColumns(), row);
}

/** A timeline with its headings: the significant rows of a long one, without rows that repeat the one before. */
export function timelineLines(rows: readonly TimelineRow[]): string[] {
  const selected = significantRows(rows, PRINTED_ROWS);
  const columns = timelineColumns(rows);
  const texts = selected.rows.map((row) => tableLine(columns.slice(1), row));
  const isRepeated = (index: number): boolean => texts[index] === texts[index - 1] && texts[index] === texts[index + 1];
  const lines = selected.rows.flatMap((row, index) => {
    if (!isRepeated(index)) return [tableLine(columns, row)];
    return isRepeated(index - 1) ? [] : ['       …'];
  });
  const note = selected.rowInterval === 1 ? [] : [`shows ${selectionText(selected)}; the CSV has all rows`];
  return [headingLine(columns), ...lines, ...note];
}

function formatWhole(value: number | undefined): string {
  return value === undefined ? '-' : String(Math.round(value));
}

/** One decimal below 1000, none from 1000 on. */
function formatDecimal(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(value < 1000 ? 1 : 0);
}

/** Some rows of a timeline: every `rowInterval`-th row, the last one, and the significant ones. */
export interface SignificantRows {
  readonly rows: readonly TimelineRow[];
  readonly rowInterval: number;
  /** Whether all significant rows are among them; if not, there are too many. */
  readonly hasAllSignificantRows: boolean;
}

/**
 * Selects rows of a long timeline: every `rowInterval`-th row, and the significant rows, in which requests failed or a task count
 * changed, unless there are more than `max` of those.
 *
 * @param maxRows the approximate number of rows.
 */
export function significantRows(rows: readonly TimelineRow[], maxRows: number): SignificantRows {
  const rowInterval = Math.max(1, Math.ceil(rows.length / maxRows));
  const isSignificant = (row: TimelineRow, index: number): boolean => row.failedRequests > 0 || hasChanged(row, rows[index - 1]);
  const hasAllSignificantRows = rowInterval === 1 || rows.filter(isSignificant).length <= maxRows;
  const selected = rows.filter(
    (row, index) => (index + 1) % rowInterval === 0 || index === rows.length - 1 || (hasAllSignificantRows && isSignificant(row, index)),
  );
  return { rows: selected, rowInterval, hasAllSignificantRows };
}

/** Which rows are selected, such as `every 12th row`. */
export function selectionText({ rowInterval, hasAllSignificantRows }: SignificantRows): string {
  const significant = hasAllSignificantRows ? ', and every row with failed requests or a changed task count' : '';
  return `every ${ordinal(rowInterval)} row${significant}`;
}

/** A number such as 2nd, 12th or 23rd. */
function ordinal(value: number): string {
  const isTeen = value % 100 >= 11 && value % 100 <= 13;
  return `${value}${(isTeen ? undefined : ['th', 'st', 'nd', 'rd'][value % 10]) ?? 'th'}`;
}

function hasChanged(row: TimelineRow, before: TimelineRow | undefined): boolean {
  if (before === undefined) return false;
  return row.desiredCount !== before.desiredCount || row.runningCount !== before.runningCount || row.healthyCount !== before.healthyCount;
}
