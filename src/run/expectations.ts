import { type LatencyLimits, limitedPercentiles } from '../metrics/latency-percentiles';
import { InputError } from '../parse/input-error';
import type { Outcome } from './outcome';

/** The conditions under which a run passes, with the maximum percentiles of the latency over the whole run. */
export interface Expectations extends LatencyLimits {
  /** The allowed range of the maximum number of tasks. */
  readonly maxTasksRange?: { readonly min: number; readonly max: number };
  readonly maxFailedRequests?: number;
}

/** The part of an outcome that expectations check. */
type CheckedOutcome = Pick<Outcome, 'kind' | 'totals'>;

/** Returns a message for each expectation that any of the outcomes does not meet. */
export function unmetExpectations(expectations: Expectations, outcomes: readonly CheckedOutcome[]): string[] {
  const { maxTasksRange, maxFailedRequests } = expectations;
  const messages: string[] = [];
  if (maxTasksRange !== undefined) {
    const counts = outcomes.map((outcome) => outcome.totals.maxTasks);
    const unmetCounts = counts.filter((count) => count < maxTasksRange.min || count > maxTasksRange.max);
    if (unmetCounts.length > 0)
      messages.push(
        `the maximum number of tasks must be ${formatRange(maxTasksRange)}, got ${formatCounts(unmetCounts)}${runsText(unmetCounts, outcomes)}`,
      );
  }
  if (maxFailedRequests !== undefined) {
    // a forecast counts fractions of requests: of a request that fails in part, one has failed.
    const unmetCounts = outcomes.map((outcome) => Math.ceil(outcome.totals.failedRequests)).filter((count) => count > maxFailedRequests);
    if (unmetCounts.length > 0)
      messages.push(
        `failed requests must be at most ${maxFailedRequests}, got ${formatCounts(unmetCounts)}${runsText(unmetCounts, outcomes)}`,
      );
  }
  for (const { name, limitMillis } of limitedPercentiles(expectations)) {
    // the latency is compared as it is printed: to the tenth of a millisecond.
    const unmetMillis = outcomes
      .flatMap(({ totals }) => roundedMillis(totals[`${name}Millis`] ?? 0))
      .filter((millis) => millis > limitMillis);
    if (unmetMillis.length > 0)
      messages.push(
        `the ${name} latency must be at most ${limitMillis} ms, got ${formatCounts(unmetMillis)} ms${runsText(unmetMillis, outcomes)}`,
      );
  }
  return messages;
}

function roundedMillis(millis: number): number {
  return Math.round(10 * millis) / 10;
}

function formatCounts(counts: readonly number[]): string {
  const [min, max] = [Math.min(...counts), Math.max(...counts)];
  return min === max ? String(max) : `${min} to ${max}`;
}

/** In which runs an expectation was not met: a rehearsal has one outcome, a forecast has one per seed. */
function runsText(unmetCounts: readonly number[], outcomes: readonly CheckedOutcome[]): string {
  const place = `in the ${outcomes[0]!.kind}`;
  return outcomes.length === 1 ? ` ${place}` : ` ${place} with ${unmetCounts.length} of ${outcomes.length} seeds`;
}

/** Parses `3` or `3..6`. */
export function parseTaskRange(text: string): { min: number; max: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  if (match === null) throw new InputError([`--expect-max-tasks must be a count such as 3, or 3..6, got '${text}'`]);
  const min = Number(match[1]);
  const max = Number(match[2] ?? match[1]);
  if (max === 0) throw new InputError([`--expect-max-tasks must be at least 1, got '${text}'`]);
  if (min > max) throw new InputError([`--expect-max-tasks must go from a lower to a higher count, got '${text}'`]);
  return { min, max };
}

function formatRange(range: { readonly min: number; readonly max: number }): string {
  return range.min === range.max ? String(range.max) : `${range.min} to ${range.max}`;
}
