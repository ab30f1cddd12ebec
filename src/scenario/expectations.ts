import { InvalidInput } from '../plan/invalid-input';
import type { Outcome } from './outcome';

/** What a run must come to, for its command to succeed. */
export interface Expectations {
  /** The most tasks that were wanted or ran at once: least and most. */
  readonly maxTasks?: { readonly least: number; readonly most: number };
  /** Failed requests, at most. */
  readonly failures?: number;
}

/** Returns one sentence for each expectation that does not hold. */
export function disappointments(expectations: Expectations, outcome: Outcome): string[] {
  const { maxTasks, failures } = expectations;
  const { totals } = outcome;
  const failed = Math.ceil(totals.failedRequests);
  return [
    ...(maxTasks !== undefined && (totals.maxTasks < maxTasks.least || totals.maxTasks > maxTasks.most)
      ? [`the most tasks at once must be ${rangeInWords(maxTasks)}, got ${totals.maxTasks} in the ${outcome.kind}`]
      : []),
    ...(failures !== undefined && failed > failures
      ? [`failed requests must be at most ${failures}, got ${failed} in the ${outcome.kind}`]
      : []),
  ];
}

/** Reads `3` or `3..6`. */
export function parseTaskRange(text: string): { least: number; most: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  if (match === null) throw new InvalidInput([`--expect-max-tasks must be a count such as 3, or 3..6, got '${text}'`]);
  const least = Number(match[1]);
  const most = Number(match[2] ?? match[1]);
  if (least > most) throw new InvalidInput([`--expect-max-tasks must go from less to more, got '${text}'`]);
  return { least, most };
}

function rangeInWords(range: { readonly least: number; readonly most: number }): string {
  return range.least === range.most ? String(range.most) : `${range.least} to ${range.most}`;
}
