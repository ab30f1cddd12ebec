import { vcpuOf } from '../../src/plan/task-size';
import type { Outcome, TimelineRow } from '../../src/scenario/outcome';
import type { Scenario } from '../../src/scenario/scenario';

/** Where tasks have less to do, what they use is not mostly for requests. */
const BUSY_CPU_PERCENT = 20;

/**
 * The CPU seconds that a request cost in a run: what the tasks used beyond their fixed cores, over what they answered.
 *
 * Of minutes that are busy and in which no task came or went; undefined where there was none.
 */
export function requestCostIn({ timeline }: Outcome, { plan, workload }: Scenario): number | undefined {
  const vcpu = vcpuOf(plan.task);
  const rows = timeline.filter((row, index) => isBusy(row) && isSettled(row) && isAsBefore(row, timeline[index - 1]));
  if (rows.length === 0) return undefined;
  const used = sumOf(rows, (row) => ((row.cpuUtilizationPercent! / 100) * vcpu - workload.fixedCores) * row.healthyCount);
  return used / sumOf(rows, ({ requestsPerSecond }) => requestsPerSecond);
}

function isBusy({ cpuUtilizationPercent = 0, requestsPerSecond }: TimelineRow): boolean {
  return cpuUtilizationPercent >= BUSY_CPU_PERCENT && requestsPerSecond > 0;
}

function isSettled({ desiredCount, runningCount, healthyCount }: TimelineRow): boolean {
  return healthyCount === runningCount && healthyCount === desiredCount;
}

function isAsBefore(row: TimelineRow, before: TimelineRow | undefined): boolean {
  return before !== undefined && isSettled(before) && before.healthyCount === row.healthyCount;
}

function sumOf(rows: readonly TimelineRow[], value: (row: TimelineRow) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
