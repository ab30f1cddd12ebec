import { clockTime } from '../../scenario/duration';
import type { TimelineRow } from '../../scenario/outcome';
import { type Column, headings, line } from './columns';
import { tellingRows } from './telling-rows';

const COLUMNS: readonly Column<TimelineRow>[] = [
  { heading: '    time', cell: (row) => clockTime(row.atSeconds) },
  { heading: ' users', cell: (row) => whole(row.users) },
  { heading: '  req/s', cell: (row) => whole(row.requestsPerSecond) },
  { heading: 'failed', cell: (row) => whole(row.failedRequests) },
  { heading: 'desired', cell: (row) => whole(row.desiredCount) },
  { heading: 'running', cell: (row) => whole(row.runningCount) },
  { heading: 'healthy', cell: (row) => whole(row.healthyCount) },
  { heading: 'CPU %', cell: (row) => fixed(row.cpuUtilizationPercent) },
  { heading: 'req/task/min', cell: (row) => whole(row.requestCountPerTarget) },
  { heading: ' p50 ms', cell: (row) => fixed(row.p50Millis) },
  { heading: ' p95 ms', cell: (row) => fixed(row.p95Millis) },
];

/** A terminal should not scroll for longer. */
const MOST_LINES = 240;

/** The columns of a timeline. */
export function timelineColumns(): readonly Column<TimelineRow>[] {
  return COLUMNS;
}

/** The headings of a timeline. */
export function timelineHeadings(): string {
  return headings(COLUMNS);
}

/** A whole timeline, of a long one what is worth reading; rows that read as the one before are left out. */
export function timelineLines(rows: readonly TimelineRow[]): string[] {
  const { rows: telling, every } = tellingRows(rows, MOST_LINES);
  const [, ...columns] = COLUMNS;
  const texts = telling.map((row) => line(columns, row));
  const isRepeated = (index: number): boolean => texts[index] === texts[index - 1] && texts[index] === texts[index + 1];
  const lines = telling.flatMap((row, index) => {
    if (!isRepeated(index)) return [timelineLine(row)];
    return isRepeated(index - 1) ? [] : ['       …'];
  });
  const left = `one row in ${every}, and those in which tasks came, went or failed requests; --csv writes all`;
  return every === 1 ? lines : [...lines, left];
}

/** One minute of a timeline. */
export function timelineLine(row: TimelineRow): string {
  return line(COLUMNS, row);
}

function whole(value: number | undefined): string {
  return value === undefined ? '-' : String(Math.round(value));
}

function fixed(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(1);
}
