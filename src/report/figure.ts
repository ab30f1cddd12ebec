import { isScaleOut } from '../scaling/activity';
import { clockTime } from '../scenario/duration';
import { HALF_A_REQUEST } from '../scenario/failures';
import { amount, percentage, wholeNumber } from './amount';
import type { ReportedRun } from './report';

/** One number that sums up a run. */
export interface Figure {
  readonly name: string;
  /** Undefined where the run has none. */
  readonly value: (run: ReportedRun) => number | undefined;
  readonly say: (value: number) => string;
  /** Whether it says nothing where it is 0. */
  readonly isNothingAtZero?: boolean;
  /** What goes with it in small print. */
  readonly note?: (run: ReportedRun) => string | undefined;
}

/** The numbers that sum up a run, in the order of a reader's interest. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'most tasks at once',
    value: ({ outcome }) => outcome.totals.maxTasks,
    say: wholeNumber,
    note: ({ scenario: { plan } }) => `${plan.policy.minCapacity} to ${plan.policy.maxCapacity} allowed`,
  },
  {
    // a share, and not a count: at speed a rehearsal has that many fewer requests than its forecast.
    name: 'requests failed',
    value: ({ outcome: { totals } }) => (totals.failedRequests < HALF_A_REQUEST ? 0 : totals.failedRequests / totals.requests),
    say: (share) => (share > 0 ? percentage(share) : '0'),
    note: ({ outcome: { totals } }) =>
      totals.failedRequests >= HALF_A_REQUEST
        ? `${wholeNumber(totals.failedRequests)} of ${wholeNumber(totals.requests)}`
        : `of ${wholeNumber(totals.requests)}`,
  },
  {
    name: 'mean latency',
    value: ({ outcome: { totals } }) => (totals.servedRequests > 0 ? totals.meanLatencyMillis : undefined),
    say: (millis) => `${amount(millis)} ms`,
  },
  {
    name: 'time over target',
    value: ({ outcome }) => outcome.totals.secondsOverTarget,
    say: clockTime,
    isNothingAtZero: true,
    note: () => 'of any policy',
  },
  {
    name: 'time at the maximum',
    isNothingAtZero: true,
    value: ({ outcome }) => outcome.totals.secondsAtMaxCapacity,
    say: clockTime,
    note: ({ scenario: { plan } }) => `${plan.policy.maxCapacity} tasks wanted`,
  },
  {
    name: 'from surge to relief',
    // what passes of itself, with no task added for it, was not relieved by scaling.
    value: ({ outcome }) => (outcome.activities.some(isScaleOut) ? outcome.totals.secondsFromSurgeToRelief : undefined),
    say: clockTime,
    note: () => 'until all is below target again',
  },
  {
    name: 'outage',
    value: ({ outcome: { totals } }) => (totals.outageSeconds > 0 ? totals.outageSeconds : undefined),
    say: clockTime,
    note: () => 'in which nothing was answered',
  },
  {
    name: 'task-hours',
    value: ({ outcome }) => outcome.totals.taskHours,
    say: (hours) => hours.toFixed(2),
    note: () => 'that are paid for',
  },
  {
    name: 'a month like this',
    value: ({ cost }) => cost?.expected.dollars,
    say: (dollars) => `$${dollars.toFixed(2)}`,
    note: ({ cost }) => cost && `$${cost.minimum.dollars.toFixed(2)} to $${cost.maximum.dollars.toFixed(2)}`,
  },
];

/** The figures that say something of at least one of the runs. */
export function tellingFigures(figures: readonly Figure[], runs: readonly ReportedRun[]): Figure[] {
  return figures.filter(({ value, isNothingAtZero = false }) =>
    runs.some((run) => {
      const number = value(run);
      return number !== undefined && !(isNothingAtZero && number === 0);
    }),
  );
}
