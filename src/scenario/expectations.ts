import { InvalidInput } from '../plan/invalid-input';
import type { Outcome } from './outcome';

/** What a run must come to, for its command to succeed. */
export interface Expectations {
  /** The most tasks that were wanted or ran at once: least and most. */
  readonly maxTasks?: { readonly least: number; readonly most: number };
  /** Failed requests, at most. */
  readonly failures?: number;
}

/** What an expectation looks at. */
type Judged = Pick<Outcome, 'kind' | 'totals'>;

/** Returns one sentence for each expectation that does not hold in every one of the outcomes. */
export function unmetExpectations({ maxTasks, failures }: Expectations, outcomes: readonly Judged[]): string[] {
  const sentences: string[] = [];
  if (maxTasks !== undefined) {
    const counts = outcomes.map((outcome) => outcome.totals.maxTasks);
    const wrong = counts.filter((count) => count < maxTasks.least || count > maxTasks.most);
    if (wrong.length > 0)
      sentences.push(`the most tasks at once must be ${rangeInWords(maxTasks)}, got ${worst(wrong)}${where(wrong, outcomes)}`);
  }
  if (failures !== undefined) {
    const wrong = outcomes.map((outcome) => Math.ceil(outcome.totals.failedRequests)).filter((count) => count > failures);
    if (wrong.length > 0) sentences.push(`failed requests must be at most ${failures}, got ${worst(wrong)}${where(wrong, outcomes)}`);
  }
  return sentences;
}

function worst(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least} to ${most}`;
}

/** A rehearsal is one outcome; a forecast has one for each seed. */
function where(wrong: readonly number[], outcomes: readonly Judged[]): string {
  const kind = `in the ${outcomes[0]!.kind}`;
  return outcomes.length === 1 ? ` ${kind}` : ` ${kind} with ${wrong.length} of ${outcomes.length} seeds`;
}

/** Reads `3` or `3..6`. */
export function parseTaskRange(text: string): { least: number; most: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  if (match === null) throw new InvalidInput([`--expect-max-tasks must be a count such as 3, or 3..6, got '${text}'`]);
  const least = Number(match[1]);
  const most = Number(match[2] ?? match[1]);
  if (most === 0) throw new InvalidInput([`--expect-max-tasks must be at least 1, got '${text}'`]);
  if (least > most) throw new InvalidInput([`--expect-max-tasks must go from less to more, got '${text}'`]);
  return { least, most };
}

function rangeInWords(range: { readonly least: number; readonly most: number }): string {
  return range.least === range.most ? String(range.most) : `${range.least} to ${range.most}`;
}
