import { clockTime } from '../scenario/duration';
import { desiredCounts, type Outcome } from '../scenario/outcome';
import { percentage, wholeNumber } from './amount';

/** What happens, in one or two sentences. */
export function headline(outcome: Outcome): string {
  return `${tasksInWords(outcome)} ${failuresInWords(outcome)}`;
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
