import { clockTime } from '../scenario/duration';
import { desiredCounts, type Outcome } from '../scenario/outcome';
import { percentage, wholeNumber } from './amount';
import type { Report } from './report';

/**
 * What happens, in one or two sentences.
 *
 * @param isCounted whether to say how many requests there are, which beside a run at another speed would mislead.
 */
export function headline(outcome: Outcome, isCounted = true): string {
  return `${tasksInWords(outcome)} ${isCounted ? failuresInWords(outcome) : failedShareInWords(outcome)}`;
}

/** What happens in each run of a report, in their order. Requests are counted where all runs have as many of them in a second. */
export function headlines({ runs }: Report): string[] {
  const isCounted = new Set(runs.map(({ speed = 1 }) => speed)).size === 1;
  return runs.map(({ outcome }) => headline(outcome, isCounted));
}

function tasksInWords(outcome: Outcome): string {
  const counts = desiredCounts(outcome);
  const [first, last] = [counts[0]!, counts.at(-1)!];
  const become = first === 1 ? '1 task becomes' : `${first} tasks become`;
  if (counts.length === 1) return `${first === 1 ? '1 task' : `${first} tasks`} throughout: nothing scales.`;
  const most = Math.max(...counts);
  const peak = outcome.activities.find((activity) => activity.toCapacity === most);
  const start = clockTime(outcome.activities[0]!.startSeconds);
  if (most === first || peak === undefined) return `${become} ${last}, the first change at ${start}.`;
  const risen = `${become} ${most} at ${clockTime(peak.startSeconds)}`;
  const begun = peak === outcome.activities[0] ? risen : `${risen}, the first change at ${start}`;
  return last === most ? `${begun}.` : `${begun}, and ${last} again at ${clockTime(outcome.activities.at(-1)!.startSeconds)}.`;
}

function failuresInWords({ totals }: Outcome): string {
  if (totals.requests === 0) return 'No request is made.';
  if (totals.failedRequests === 0) return `All ${wholeNumber(totals.requests)} requests are served.`;
  const share = percentage(totals.failedRequests / totals.requests);
  return `${wholeNumber(totals.failedRequests)} of ${wholeNumber(totals.requests)} requests fail (${share}).`;
}

function failedShareInWords({ totals: { requests, failedRequests } }: Outcome): string {
  if (requests === 0) return 'No request is made.';
  return failedRequests === 0 ? 'All requests are served.' : `${percentage(failedRequests / requests)} of the requests fail.`;
}
