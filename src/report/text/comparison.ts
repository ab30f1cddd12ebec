import { bandOf, type SeedOutcome } from '../../forecast/band';
import { firstActivity } from '../../scaling/activity';
import { clockTime } from '../../scenario/duration';
import { HALF_A_REQUEST } from '../../scenario/failures';
import { meanRate } from '../../scenario/mean-rate';
import { desiredCounts, type Outcome } from '../../scenario/outcome';
import { type Column, headings, line } from './columns';

interface Compared {
  readonly what: string;
  readonly forecast: string;
  readonly rehearsal: string;
  /** Where 90 of 100 forecasts lie, or nothing where only a whole run tells. */
  readonly band: string;
}

const LABEL_WIDTH = 26;
const COLUMN_WIDTH = 20;
const BAND_WIDTH = 24;

const COLUMNS: readonly Column<Compared>[] = [
  { heading: ' '.repeat(LABEL_WIDTH), cell: (row) => row.what.padEnd(LABEL_WIDTH) },
  { heading: 'forecast'.padStart(COLUMN_WIDTH), cell: (row) => row.forecast },
  { heading: 'rehearsal'.padStart(COLUMN_WIDTH), cell: (row) => row.rehearsal },
  { heading: 'forecasts, 90 of 100'.padStart(BAND_WIDTH), cell: (row) => row.band },
];

/**
 * A forecast beside the rehearsal of the same scenario.
 *
 * @param seeds the forecasts of many seeds: one alone is one of many equally likely ones, and a rehearsal is another.
 */
export function comparisonLines(forecast: Outcome, rehearsal: Outcome, seeds: readonly SeedOutcome[]): string[] {
  return [headings(COLUMNS), ...compared(forecast, rehearsal, seeds).map((row) => line(COLUMNS, row))];
}

function compared(forecast: Outcome, rehearsal: Outcome, seeds: readonly SeedOutcome[]): Compared[] {
  const both = (what: string, say: (outcome: Outcome) => string): Compared => ({
    what,
    forecast: say(forecast),
    rehearsal: say(rehearsal),
    band: '',
  });
  const banded = (what: string, number: (outcome: SeedOutcome) => number | undefined, say: (value: number) => string): Compared => {
    const words = (outcome: SeedOutcome): string => sayOrNever(number(outcome), say);
    return { ...both(what, words), band: bandInWords(seeds.map(number), say) };
  };
  return [
    both('desired count', (outcome) => desiredCounts(outcome).join(' -> ')),
    banded('first scale-out at', (outcome) => firstActivity(outcome.activities, 'out')?.startSeconds, clockTime),
    banded('first scale-in at', (outcome) => firstActivity(outcome.activities, 'in')?.startSeconds, clockTime),
    both('most CPU in a minute, %', (outcome) => most(outcome.timeline.map((row) => row.cpuUtilizationPercent))),
    both('answers a second, mean', (outcome) => meanRate(outcome.timeline).toFixed(1)),
    banded('requests failed, %', failedPercent, (percent) => (percent === 0 ? '0' : percent.toPrecision(2))),
    banded(
      'mean latency, ms',
      ({ totals }) => totals.meanLatencyMillis,
      (millis) => millis.toFixed(1),
    ),
    banded(
      'task-hours',
      ({ totals }) => totals.taskHours,
      (hours) => hours.toFixed(2),
    ),
  ];
}

function sayOrNever(value: number | undefined, say: (value: number) => string): string {
  return value === undefined ? 'never' : say(value);
}

/** What never comes in some of the runs comes later than anything. */
function bandInWords(values: readonly (number | undefined)[], say: (value: number) => string): string {
  const band = bandOf(values.map((value = Number.POSITIVE_INFINITY) => value));
  if (band === undefined) return '';
  const [low, high] = [band.low, band.high].map((value) => sayOrNever(Number.isFinite(value) ? value : undefined, say));
  return low === high ? low! : `${low} to ${high}`;
}

/** A share, and not a count: at speed a rehearsal has that many fewer requests. */
function failedPercent({ totals: { requests, failedRequests } }: SeedOutcome): number {
  return failedRequests < HALF_A_REQUEST ? 0 : (100 * failedRequests) / requests;
}

function most(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '-' : Math.max(...known).toFixed(1);
}
