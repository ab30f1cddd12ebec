import { RANGED_PERCENTILES } from '../metrics/latency-percentiles';
import { formatElapsed } from '../parse/durations';
import { MIN_REPORTED_FAILED_REQUESTS } from '../run/failures';
import { isScaleOut } from '../scaling/activity';
import { formatNumber, formatPercentage, formatWholeNumber } from './number-format';
import type { ReportedRun } from './report';

/** One key figure of a run. */
export interface Figure {
  readonly name: string;
  /** Undefined if the run has none. */
  readonly value: (run: ReportedRun) => number | undefined;
  readonly format: (value: number) => string;
  /** Whether the figure is left out if all runs have 0. */
  readonly isHiddenAtZero?: boolean;
  /** A note in small print. */
  readonly note?: (run: ReportedRun) => string | undefined;
}

/** The key figures of a run, the most important first. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'maximum tasks',
    value: ({ outcome }) => outcome.totals.maxTasks,
    format: formatWholeNumber,
    note: ({ scenario: { plan } }) => `${plan.policy.minCapacity} to ${plan.policy.maxCapacity} allowed`,
  },
  {
    // a share and not a count: a fast rehearsal sends fewer requests than its forecast.
    name: 'requests failed',
    value: ({ outcome: { totals } }) =>
      totals.failedRequests < MIN_REPORTED_FAILED_REQUESTS ? 0 : totals.failedRequests / totals.requests,
    format: (share) => (share > 0 ? formatPercentage(share) : '0'),
    note: ({ outcome: { totals } }) =>
      totals.failedRequests >= MIN_REPORTED_FAILED_REQUESTS
        ? `${formatWholeNumber(totals.failedRequests)} of ${formatWholeNumber(totals.requests)}`
        : `of ${formatWholeNumber(totals.requests)}`,
  },
  {
    name: 'mean latency',
    value: ({ outcome: { totals } }) => (totals.servedRequests > 0 && totals.meanLatencyMillis > 0 ? totals.meanLatencyMillis : undefined),
    format: (millis) => `${formatNumber(millis)} ms`,
  },
  ...RANGED_PERCENTILES.map(
    ({ name }): Figure => ({
      name: `${name} latency`,
      value: ({ outcome: { totals } }) => totals[`${name}Millis`],
      format: (millis) => `${formatNumber(millis)} ms`,
    }),
  ),
  {
    name: 'time over target',
    value: ({ outcome }) => outcome.totals.secondsOverTarget,
    format: formatElapsed,
    isHiddenAtZero: true,
    note: () => 'of any policy',
  },
  {
    name: 'time at maxCapacity',
    isHiddenAtZero: true,
    value: ({ outcome }) => outcome.totals.secondsAtMaxCapacity,
    format: formatElapsed,
    note: ({ scenario: { plan } }) => `${plan.policy.maxCapacity} tasks desired`,
  },
  {
    name: 'time to recover',
    // a load that falls without a scale-out is not a recovery by scaling.
    value: ({ outcome }) => (outcome.activities.some(isScaleOut) ? outcome.totals.timeToRecoverSeconds : undefined),
    format: formatElapsed,
    note: () => 'until all metrics are below target',
  },
  {
    name: 'outage',
    value: ({ outcome: { totals } }) => (totals.outageSeconds > 0 ? totals.outageSeconds : undefined),
    format: formatElapsed,
    note: () => 'without a successful response',
  },
  {
    name: 'task-hours',
    value: ({ outcome }) => outcome.totals.taskHours,
    format: (hours) => hours.toFixed(2),
    note: () => 'billed',
  },
  {
    name: 'cost per month',
    value: ({ cost }) => cost?.expected.dollars,
    format: (dollars) => `$${dollars.toFixed(2)}`,
    note: ({ cost }) => cost && `$${cost.minimum.dollars.toFixed(2)} to $${cost.maximum.dollars.toFixed(2)}`,
  },
];

/** The figures that at least one of the runs has. */
export function significantFigures(figures: readonly Figure[], runs: readonly ReportedRun[]): Figure[] {
  return figures.filter(({ value, isHiddenAtZero = false }) =>
    runs.some((run) => {
      const number = value(run);
      return number !== undefined && !(isHiddenAtZero && number === 0);
    }),
  );
}
