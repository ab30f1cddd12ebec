import { desiredCounts, type Outcome, type TimelineRow } from '../../../src/run/outcome';
import { isScaleOut } from '../../../src/scaling/activity';

/** What an expectation wanted, what came, and whether that will do. */
export interface CaseResult {
  readonly expected: string;
  readonly got: string;
  readonly isMet: boolean;
  /** What came, as a number with its unit; undefined if it is none. */
  readonly value?: number;
  readonly unit?: string;
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
export function within(got: number | undefined, min: number, max: number, unit: string): CaseResult {
  return {
    expected: `${formatRange(min, max)}${unit}`,
    got: got === undefined ? 'nothing' : `${shown(got)}${unit}`,
    isMet: got !== undefined && got >= min && got <= max,
    value: got,
    unit,
  };
}

function formatRange(min: number, max: number): string {
  if (min === max) return shown(min);
  if (max === Number.POSITIVE_INFINITY) return `at least ${shown(min)}`;
  return min === 0 ? `at most ${shown(max)}` : `${shown(min)} to ${shown(max)}`;
}

/** What must be so in every run. */
export function inAll(outcomes: readonly Outcome[], expected: string, holds: (outcome: Outcome) => boolean): CaseResult {
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

/** A number as a table shows it. */
export function shown(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(Math.abs(value) < 1 ? 4 : 1);
}
