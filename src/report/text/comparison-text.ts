import { RANGED_PERCENTILES } from '../../metrics/latency-percentiles';
import { formatElapsed } from '../../parse/durations';
import { MIN_REPORTED_FAILED_REQUESTS } from '../../run/failures';
import { desiredCounts, meanServedRequestsPerSecond, type Outcome } from '../../run/outcome';
import { firstActivity } from '../../scaling/activity';
import { bandOf, type SeedOutcome } from '../../simulation/band';
import { type Column, headingLine, tableLine } from './columns';

interface ComparedRow {
  readonly label: string;
  readonly forecast: string;
  readonly rehearsal: string;
  /** The range of 90 % of the forecasts; empty for a value that has no range. */
  readonly band: string;
}

const LABEL_WIDTH = 26;
const COLUMN_WIDTH = 20;
const BAND_WIDTH = 24;

const COLUMNS: readonly Column<ComparedRow>[] = [
  { heading: ' '.repeat(LABEL_WIDTH), cell: (row) => row.label.padEnd(LABEL_WIDTH) },
  { heading: 'forecast'.padStart(COLUMN_WIDTH), cell: (row) => row.forecast },
  { heading: 'rehearsal'.padStart(COLUMN_WIDTH), cell: (row) => row.rehearsal },
  { heading: 'forecasts, 90 of 100'.padStart(BAND_WIDTH), cell: (row) => row.band },
];

/**
 * Compares a forecast with the rehearsal of the same scenario.
 *
 * @param seeds the forecasts with many seeds: a single one is as likely as the others.
 */
export function comparisonLines(forecast: Outcome, rehearsal: Outcome, seeds: readonly SeedOutcome[]): string[] {
  return [headingLine(COLUMNS), ...comparedRows(forecast, rehearsal, seeds).map((row) => tableLine(COLUMNS, row))];
}

function comparedRows(forecast: Outcome, rehearsal: Outcome, seeds: readonly SeedOutcome[]): ComparedRow[] {
  const row = (label: string, format: (outcome: Outcome) => string): ComparedRow => ({
    label,
    forecast: format(forecast),
    rehearsal: format(rehearsal),
    band: '',
  });
  const rowWithBand = (
    label: string,
    number: (outcome: SeedOutcome) => number | undefined,
    format: (value: number) => string,
  ): ComparedRow => {
    const text = (outcome: SeedOutcome): string => formatOrNever(number(outcome), format);
    return { ...row(label, text), band: formatBand(seeds.map(number), format) };
  };
  return [
    row('desired count', (outcome) => desiredCounts(outcome).join(' -> ')),
    rowWithBand('first scale-out at', (outcome) => firstActivity(outcome.activities, 'out')?.startSeconds, formatElapsed),
    rowWithBand('first scale-in at', (outcome) => firstActivity(outcome.activities, 'in')?.startSeconds, formatElapsed),
    row('max CPU in a minute, %', (outcome) => formatMax(outcome.timeline.map((row) => row.cpuUtilizationPercent))),
    row('requests per second, mean', (outcome) => meanServedRequestsPerSecond(outcome.timeline).toFixed(1)),
    rowWithBand('requests failed, %', failedPercent, (percent) => (percent === 0 ? '0' : percent.toPrecision(2))),
    rowWithBand(
      'mean latency, ms',
      ({ totals }) => totals.meanLatencyMillis,
      (millis) => millis.toFixed(1),
    ),
    ...RANGED_PERCENTILES.map(({ name }) =>
      rowWithBand(
        `${name} latency, ms`,
        ({ totals }) => totals[`${name}Millis`],
        (millis) => millis.toFixed(1),
      ),
    ),
    rowWithBand(
      'task-hours',
      ({ totals }) => totals.taskHours,
      (hours) => hours.toFixed(2),
    ),
  ];
}

function formatOrNever(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? 'never' : format(value);
}

/** Formats the range of 90 % of the values. A time that some runs never reach counts as later than any other. */
function formatBand(values: readonly (number | undefined)[], format: (value: number) => string): string {
  const band = bandOf(values.map((value = Number.POSITIVE_INFINITY) => value));
  if (band === undefined) return '';
  const [low, high] = [band.low, band.high].map((value) => formatOrNever(Number.isFinite(value) ? value : undefined, format));
  return low === high ? low! : `${low} to ${high}`;
}

/** A share and not a count: a fast rehearsal sends fewer requests. */
function failedPercent({ totals: { requests, failedRequests } }: SeedOutcome): number {
  return failedRequests < MIN_REPORTED_FAILED_REQUESTS ? 0 : (100 * failedRequests) / requests;
}

function formatMax(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '-' : Math.max(...known).toFixed(1);
}
