import { isScaleOut } from '../../../src/scaling/activity';
import { desiredCounts, type Outcome, type TimelineRow } from '../../../src/scenario/outcome';

/** What an expectation wanted, what came, and whether that will do. */
export interface Verdict {
  readonly expected: string;
  readonly got: string;
  readonly isMet: boolean;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** A number that must lie in a range. */
export function within(got: number | undefined, least: number, most: number, unit: string): Verdict {
  return {
    expected: `${rangeInWords(least, most)}${unit}`,
    got: got === undefined ? 'nothing' : `${shown(got)}${unit}`,
    isMet: got !== undefined && got >= least && got <= most,
  };
}

function rangeInWords(least: number, most: number): string {
  if (least === most) return shown(least);
  if (most === Number.POSITIVE_INFINITY) return `at least ${shown(least)}`;
  return least === 0 ? `at most ${shown(most)}` : `${shown(least)} to ${shown(most)}`;
}

/** What must be so in every run. */
export function inAll(outcomes: readonly Outcome[], expected: string, holds: (outcome: Outcome) => boolean): Verdict {
  const count = outcomes.filter(holds).length;
  return { expected, got: `in ${count} of ${outcomes.length} runs`, isMet: count === outcomes.length };
}

/** What is said of most runs. */
export function mostOften(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

/** The desired counts of a run between two seconds of it. */
export function sequenceWithin(outcome: Outcome, [from, to]: readonly number[]): number[] {
  const activities = outcome.activities.filter(
    ({ startSeconds }) => startSeconds >= (from ?? 0) && startSeconds <= (to ?? Number.POSITIVE_INFINITY),
  );
  return desiredCounts({ ...outcome, activities });
}

/** When the desired count grew, or shrank. */
export function scalingSeconds(outcome: Outcome, direction: 'in' | 'out'): number[] {
  return outcome.activities.filter((activity) => isScaleOut(activity) === (direction === 'out')).map(({ startSeconds }) => startSeconds);
}

/** The mean of a value over rows that have it. */
export function meanOfRows(rows: readonly TimelineRow[], value: (row: TimelineRow) => number | undefined): number | undefined {
  const values = rows.map(value).filter((number) => number !== undefined);
  return values.length === 0 ? undefined : mean(values);
}

function shown(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(Math.abs(value) < 1 ? 4 : 1);
}
