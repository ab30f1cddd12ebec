import { signalOf, valueInRow } from '../metrics/metric';
import type { TargetTracking } from '../plan/target-tracking';
import type { Outcome, TimelineRow } from '../run/outcome';
import type { Scenario } from '../run/scenario';

/** Checks an outcome for one issue. Returns a text with the advice, or undefined if there is no such issue. */
export type Remark = (scenario: Scenario, outcome: Outcome) => string | undefined;

/** Whether any metric was over its target in a row. */
export function isOverTarget(row: TimelineRow, targets: readonly TargetTracking[]): boolean {
  return targets.some(({ metric, targetValue }) => (valueInRow(row, signalOf(metric)) ?? 0) > targetValue);
}

/** The longest period in which a condition is true for all rows, in seconds. */
export function longestPeriod(rows: readonly TimelineRow[], condition: (row: TimelineRow) => boolean): number {
  let longest = 0;
  let startSeconds = 0;
  for (const row of rows) {
    if (condition(row)) longest = Math.max(longest, row.atSeconds - startSeconds);
    else startSeconds = row.atSeconds;
  }
  return longest;
}

/** The row with the largest number; undefined if no row has one. */
export function rowWithMost(rows: readonly TimelineRow[], number: (row: TimelineRow) => number | undefined): TimelineRow | undefined {
  return rows.reduce<TimelineRow | undefined>((max, row) => {
    const value = number(row);
    const maxValue = max === undefined ? undefined : number(max);
    return value !== undefined && (maxValue === undefined || value > maxValue) ? row : max;
  }, undefined);
}

/** A number with two significant digits, or as a whole number from 10 on. */
export function formatRounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
