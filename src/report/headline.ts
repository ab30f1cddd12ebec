import { formatDuration, formatElapsed } from '../parse/durations';
import { desiredCounts, type Outcome } from '../run/outcome';
import { formatTraffic, reachedEnd, type Traffic, type TrafficPhase, trafficSeconds } from '../traffic/traffic-phases';
import { formatNumber, formatPercentage, formatWholeNumber } from './number-format';
import type { Report } from './report';

/**
 * A summary of an outcome: the tasks and the failed requests.
 *
 * @param hasRequestCounts whether it has the number of requests, which misleads beside a run at another speed.
 */
export function headline(outcome: Outcome, hasRequestCounts = true): string {
  return `${formatTasks(outcome)} ${hasRequestCounts ? formatFailures(outcome) : formatFailedShare(outcome)}`;
}

/** The summaries of the runs of a report. They have the number of requests if all runs have the same speed. */
export function headlines({ runs }: Report): string[] {
  const hasRequestCounts = new Set(runs.map(({ speed = 1 }) => speed)).size === 1;
  return runs.map(({ outcome }) => headline(outcome, hasRequestCounts));
}

function formatTasks(outcome: Outcome): string {
  const counts = desiredCounts(outcome);
  const [first, last] = [counts[0]!, counts.at(-1)!];
  const become = first === 1 ? '1 task becomes' : `${first} tasks become`;
  if (counts.length === 1) return `${first === 1 ? '1 task' : `${first} tasks`} throughout: nothing scales.`;
  const max = Math.max(...counts);
  const peak = outcome.activities.find((activity) => activity.toCapacity === max);
  const start = formatElapsed(outcome.activities[0]!.startSeconds);
  if (max === first || peak === undefined) return `${become} ${last}, the first change at ${start}.`;
  const peakText = `${become} ${max} at ${formatElapsed(peak.startSeconds)}`;
  const startText = peak === outcome.activities[0] ? peakText : `${peakText}, the first change at ${start}`;
  return last === max ? `${startText}.` : `${startText}, and ${last} again at ${formatElapsed(outcome.activities.at(-1)!.startSeconds)}.`;
}

function formatFailures({ totals }: Outcome): string {
  if (totals.requests === 0) return 'No requests are sent.';
  if (totals.failedRequests === 0) return `All ${formatWholeNumber(totals.requests)} requests are served.`;
  const share = formatPercentage(totals.failedRequests / totals.requests);
  return `${formatWholeNumber(totals.failedRequests)} of ${formatWholeNumber(totals.requests)} requests fail (${share}).`;
}

function formatFailedShare({ totals: { requests, failedRequests } }: Outcome): string {
  if (requests === 0) return 'No requests are sent.';
  return failedRequests === 0 ? 'All requests are served.' : `${formatPercentage(failedRequests / requests)} of the requests fail.`;
}

/** With more phases than this only the range is shown. */
const MAX_PHASES_LISTED = 5;

/** Traffic in one line: its phases, or the range of its rate if it has many. */
export function shortTraffic(traffic: Traffic): string {
  const count = traffic.phases.length;
  if (count <= MAX_PHASES_LISTED) return formatTraffic(traffic);
  const kinds = ['users', 'rps'] as const;
  const parts = kinds.flatMap((kind) => formatRange(traffic, kind));
  return `${parts.join(' and ')} over ${formatDuration(trafficSeconds(traffic))}, in ${formatNumber(count)} phases`;
}

function valuesOf(phase: TrafficPhase, kind: TrafficPhase['kind']): number[] {
  const { requestsPerSecondBeside: beside } = phase;
  if (phase.kind === kind) return [phase.from, reachedEnd(phase)];
  return kind === 'rps' && beside !== undefined ? [beside.from, beside.to] : [];
}

function formatRange(traffic: Traffic, kind: TrafficPhase['kind']): string[] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const phase of traffic.phases) {
    const values = valuesOf(phase, kind);
    lowest = Math.min(lowest, ...values);
    highest = Math.max(highest, ...values);
  }
  return lowest <= highest
    ? [`${formatNumber(lowest)} to ${formatNumber(highest)} ${kind === 'users' ? 'users' : 'requests per second'}`]
    : [];
}
