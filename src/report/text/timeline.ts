import { clockTime } from '../../scenario/duration';
import { FAILURE_KINDS, type FailureKind } from '../../scenario/failures';
import type { TimelineRow } from '../../scenario/outcome';
import { type Column, headings, line } from './columns';
import { tellingRows } from './telling-rows';

type Columns = readonly Column<TimelineRow>[];

const BEFORE: Columns = [
  { heading: '    time', cell: (row) => clockTime(row.atSeconds) },
  { heading: ' users', cell: (row) => whole(row.users) },
  { heading: '  req/s', cell: (row) => whole(row.requestsPerSecond) },
];

const FAILED: Columns = [{ heading: 'failed', cell: (row) => whole(row.failedRequests) }];

const AFTER: Columns = [
  { heading: 'desired', cell: (row) => whole(row.desiredCount) },
  { heading: 'running', cell: (row) => whole(row.runningCount) },
  { heading: 'healthy', cell: (row) => whole(row.healthyCount) },
  { heading: 'CPU %', cell: (row) => fixed(row.cpuUtilizationPercent) },
  { heading: 'req/task/min', cell: (row) => whole(row.requestCountPerTarget) },
  { heading: 'p50 ms', cell: (row) => fixed(row.p50Millis) },
  { heading: 'p95 ms', cell: (row) => fixed(row.p95Millis) },
];

/** As short as they can be, so that a timeline of all kinds fits a terminal of 120 columns. */
const HEADINGS: Readonly<Record<FailureKind, string>> = { 'HTTP 502': '  502', 'HTTP 503': '  503', 'HTTP 504': '  504', other: 'other' };

/** A terminal should not scroll for longer. */
const MOST_LINES = 240;

/** The columns of a timeline: failures by those kinds that there are, in one column where there are none or none are known yet. */
export function timelineColumns(rows: readonly TimelineRow[] = []): Columns {
  const kinds = FAILURE_KINDS.filter((kind) => rows.some((row) => row.failures[kind] > 0));
  const byKind = kinds.map((kind): Column<TimelineRow> => ({ heading: HEADINGS[kind], cell: (row) => whole(row.failures[kind]) }));
  return [...BEFORE, ...(kinds.length === 0 ? FAILED : byKind), ...AFTER];
}

/** The headings of a timeline whose rows are yet to come. */
export function timelineHeadings(): string {
  return headings(timelineColumns());
}

/** One row of a timeline as it comes. */
export function timelineLine(row: TimelineRow): string {
  return line(timelineColumns(), row);
}

/** A whole timeline with its headings, of a long one what is worth reading; rows that read as the one before are left out. */
export function timelineLines(rows: readonly TimelineRow[]): string[] {
  const { rows: telling, every } = tellingRows(rows, MOST_LINES);
  const columns = timelineColumns(rows);
  const texts = telling.map((row) => line(columns.slice(1), row));
  const isRepeated = (index: number): boolean => texts[index] === texts[index - 1] && texts[index] === texts[index + 1];
  const lines = telling.flatMap((row, index) => {
    if (!isRepeated(index)) return [line(columns, row)];
    return isRepeated(index - 1) ? [] : ['       …'];
  });
  const left = `one row in ${every}, and those in which tasks came, went or failed requests; the CSV has all`;
  return [headings(columns), ...lines, ...(every === 1 ? [] : [left])];
}

function whole(value: number | undefined): string {
  return value === undefined ? '-' : String(Math.round(value));
}

/** Tenths of a second-long latency say nothing. */
function fixed(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(value < 1000 ? 1 : 0);
}
