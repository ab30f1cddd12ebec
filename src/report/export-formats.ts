import { LATENCY_FIELDS } from '../metrics/latency-percentiles';
import { SIGNALS } from '../metrics/signals';
import { FAILURE_KINDS } from '../run/failures';
import type { TimelineRow } from '../run/outcome';
import { formatTraffic, type Traffic } from '../traffic/traffic-phases';
import type { Report, ReportedRun } from './report';

/** The names of the columns, which are those of the fields in the JSON. */
const columnNames = (): readonly Exclude<keyof TimelineRow, 'failures'>[] => [
  'atSeconds',
  'users',
  'sentRequestsPerSecond',
  'servedRequestsPerSecond',
  'failedRequests',
  'desiredCount',
  'runningCount',
  'healthyCount',
  ...SIGNALS.flatMap(({ field }) => field ?? []),
  ...LATENCY_FIELDS,
];

/** The decimals of the numbers in the CSV. */
const DECIMALS = 3;

/** The timelines of a report as CSV (RFC 4180), one line per row; the first column is the name of the run. */
export function csvOf({ runs }: Report): string {
  const columns = columnNames();
  const lines = runs.flatMap(({ name, outcome }) =>
    outcome.timeline.map((row) =>
      [
        quotedCell(name),
        ...columns.map((column) => formatCell(row[column])),
        ...FAILURE_KINDS.map((kind) => formatCell(row.failures[kind])),
      ].join(','),
    ),
  );
  return [['run', ...columns, ...FAILURE_KINDS].join(','), ...lines, ''].join('\r\n');
}

/** A number as a cell; an unknown one is empty. */
function formatCell(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toFixed(DECIMALS)));
}

/** A text as a cell. A spreadsheet would interpret one that begins with one of these characters as a formula. */
function quotedCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** Traffic with more phases than this is a trace: only their number is written. */
const MAX_PHASES_AS_TEXT = 1000;

/** A report as JSON: the run, or an array of the runs if there are several. */
export function jsonOf({ runs }: Report): string {
  const json = runs.map(runAsJson);
  return `${JSON.stringify(json.length === 1 ? json[0] : json, undefined, 2)}\n`;
}

/** A run as JSON: the scenario and the outcome, with the traffic as text. */
export function runAsJson({ name, scenario, ...result }: ReportedRun): object {
  const { plan, workload, workloadDefaults, traffic, history, behavior, seed, faults } = scenario;
  const texts = { traffic: trafficText(traffic), history: history && trafficText(history) };
  return { name, plan, workload, workloadDefaults, ...texts, faults, behavior, seed, ...result };
}

function trafficText(traffic: Traffic): string {
  return traffic.phases.length <= MAX_PHASES_AS_TEXT ? formatTraffic(traffic) : `${traffic.phases.length} phases`;
}
