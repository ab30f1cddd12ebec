import { amount, percentage, wholeNumber } from './amount';
import type { ReportedRun } from './report';

/** One number that sums up a run. */
export interface Figure {
  readonly name: string;
  /** Undefined where the run has none. */
  readonly value: (run: ReportedRun) => number | undefined;
  readonly say: (value: number) => string;
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
  { name: 'requests', value: ({ outcome }) => outcome.totals.requests, say: wholeNumber },
  {
    name: 'requests failed',
    value: ({ outcome }) => outcome.totals.failedRequests,
    say: wholeNumber,
    note: ({ outcome: { totals } }) => (totals.failedRequests > 0 ? percentage(totals.failedRequests / totals.requests) : undefined),
  },
  {
    name: 'mean latency',
    value: ({ outcome: { totals } }) => (totals.requests > totals.failedRequests ? totals.meanLatencyMillis : undefined),
    say: (millis) => `${amount(millis)} ms`,
  },
  {
    name: 'task-hours',
    value: ({ outcome }) => outcome.totals.taskHours,
    say: (hours) => hours.toFixed(2),
    note: () => 'that are paid for',
  },
];
