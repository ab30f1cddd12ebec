import { FAILURE_KINDS } from '../scenario/failures';
import type { TimelineRow } from '../scenario/outcome';
import type { Report } from './report';

/** The columns, by the names that the JSON of an outcome has for them. */
const COLUMNS: readonly Exclude<keyof TimelineRow, 'failures'>[] = [
  'atSeconds',
  'users',
  'offeredPerSecond',
  'requestsPerSecond',
  'failedRequests',
  'desiredCount',
  'runningCount',
  'healthyCount',
  'cpuUtilizationPercent',
  'memoryUtilizationPercent',
  'requestCountPerTarget',
  'p50Millis',
  'p95Millis',
  'p95LowMillis',
  'p95HighMillis',
];

/** Beyond this many decimals there is nothing to know. */
const DECIMALS = 3;

/** The timelines of a report as comma-separated values (RFC 4180), one row for each minute; the first column names the run. */
export function csvOf({ runs }: Report): string {
  const lines = runs.flatMap(({ name, outcome }) =>
    outcome.timeline.map((row) =>
      [quoted(name), ...COLUMNS.map((column) => written(row[column])), ...FAILURE_KINDS.map((kind) => written(row.failures[kind]))].join(
        ',',
      ),
    ),
  );
  return [['run', ...COLUMNS, ...FAILURE_KINDS].join(','), ...lines, ''].join('\r\n');
}

/** What is not known is left empty. */
function written(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toFixed(DECIMALS)));
}

/** A spreadsheet takes a cell that begins with one of these signs for a formula. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
