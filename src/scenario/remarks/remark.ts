import type { ScalingMetric } from '../../plan/metric';
import { isCpuUtilization } from '../../plan/metric';
import type { TargetTracking } from '../../plan/target-tracking';
import type { Outcome, TimelineRow } from '../outcome';
import type { Scenario } from '../scenario';

/** Looks for one thing in an outcome, and says it with what would help; undefined where it is not so. */
export type Remark = (scenario: Scenario, outcome: Outcome) => string | undefined;

/** What a row says of a metric; undefined for one that rows do not have, or where there was nothing to measure. */
export function signalOf(row: TimelineRow, metric: ScalingMetric): number | undefined {
  if (isCpuUtilization(metric)) return row.cpuUtilizationPercent;
  if (metric === 'ALBRequestCountPerTarget') return row.requestCountPerTarget;
  return metric.includes('Memory') ? row.memoryUtilizationPercent : undefined;
}

/** Whether any of the targets was passed in a row. */
export function isOverTarget(row: TimelineRow, targets: readonly TargetTracking[]): boolean {
  return targets.some(({ metric, targetValue }) => (signalOf(row, metric) ?? 0) > targetValue);
}

/** The longest stretch of rows of which something holds, in seconds. */
export function longestStretch(rows: readonly TimelineRow[], holds: (row: TimelineRow) => boolean): number {
  let longest = 0;
  let startSeconds = 0;
  for (const row of rows) {
    if (holds(row)) longest = Math.max(longest, row.atSeconds - startSeconds);
    else startSeconds = row.atSeconds;
  }
  return longest;
}

/** The row of which a number is largest; undefined where none has it. */
export function rowWithMost(rows: readonly TimelineRow[], number: (row: TimelineRow) => number | undefined): TimelineRow | undefined {
  return rows.reduce<TimelineRow | undefined>((most, row) => {
    const value = number(row);
    return value !== undefined && value > ((most && number(most)) ?? Number.NEGATIVE_INFINITY) ? row : most;
  }, undefined);
}

/** As many digits as a reader needs. */
export function rounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
