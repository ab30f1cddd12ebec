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
}

const LABEL_WIDTH = 26;
const COLUMN_WIDTH = 20;

const COLUMNS: readonly Column<Compared>[] = [
  { heading: ' '.repeat(LABEL_WIDTH), cell: (row) => row.what.padEnd(LABEL_WIDTH) },
  { heading: 'forecast'.padStart(COLUMN_WIDTH), cell: (row) => row.forecast },
  { heading: 'rehearsal'.padStart(COLUMN_WIDTH), cell: (row) => row.rehearsal },
];

/** A forecast beside the rehearsal of the same scenario. */
export function comparisonLines(forecast: Outcome, rehearsal: Outcome): string[] {
  return [headings(COLUMNS), ...compared(forecast, rehearsal).map((row) => line(COLUMNS, row))];
}

function compared(forecast: Outcome, rehearsal: Outcome): Compared[] {
  const both = (what: string, say: (outcome: Outcome) => string): Compared => ({
    what,
    forecast: say(forecast),
    rehearsal: say(rehearsal),
  });
  return [
    both('desired count', (outcome) => desiredCounts(outcome).join(' -> ')),
    both('first scale-out at', (outcome) => firstStart(outcome, 'out')),
    both('first scale-in at', (outcome) => firstStart(outcome, 'in')),
    both('most CPU in a minute, %', (outcome) => most(outcome.timeline.map((row) => row.cpuUtilizationPercent))),
    both('answers a second, mean', (outcome) => meanRate(outcome.timeline).toFixed(1)),
    both('requests failed, %', failedPercent),
    both('mean latency, ms', (outcome) => outcome.totals.meanLatencyMillis.toFixed(1)),
    both('task-hours', (outcome) => outcome.totals.taskHours.toFixed(2)),
  ];
}

/** A share, and not a count: at speed a rehearsal has that many fewer requests. */
function failedPercent({ totals: { requests, failedRequests } }: Outcome): string {
  if (failedRequests < HALF_A_REQUEST) return '0';
  return ((100 * failedRequests) / requests).toPrecision(2);
}

function firstStart({ activities }: Outcome, direction: 'out' | 'in'): string {
  const first = firstActivity(activities, direction);
  return first === undefined ? 'never' : clockTime(first.startSeconds);
}

function most(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '-' : Math.max(...known).toFixed(1);
}
