import { vcpuOf } from '../../src/plan/task-size';
import type { Outcome, OutcomeEvent, TimelineRow } from '../../src/scenario/outcome';
import type { Scenario } from '../../src/scenario/scenario';

/** Where tasks have less to do, what they use is not mostly for requests. */
const BUSY_CPU_PERCENT = 20;

/**
 * The CPU seconds that a request cost in a run: what the tasks used beyond their fixed cores, over what they answered.
 *
 * Of busy minutes in which no task came or went, no request failed and no fault was under way; undefined where there was none.
 */
export function requestCostIn({ timeline, events }: Outcome, { plan, workload }: Scenario): number | undefined {
  const vcpu = vcpuOf(plan.task);
  const isTelling = (row: TimelineRow, index: number): boolean => {
    const before = timeline[index - 1];
    return isBusy(row) && isSettled(row) && before !== undefined && isAsBefore(row, before) && !hasFault(events, before, row);
  };
  const rows = timeline.filter(isTelling);
  if (rows.length === 0) return undefined;
  const used = sumOf(rows, (row) => ((row.cpuUtilizationPercent! / 100) * vcpu - workload.fixedCores) * row.healthyCount);
  return used / sumOf(rows, ({ requestsPerSecond }) => requestsPerSecond);
}

/** What failed may have cost CPU, and is no answer. */
function isBusy({ cpuUtilizationPercent = 0, requestsPerSecond, failedRequests }: TimelineRow): boolean {
  return cpuUtilizationPercent >= BUSY_CPU_PERCENT && requestsPerSecond > 0 && failedRequests === 0;
}

function isSettled({ desiredCount, runningCount, healthyCount }: TimelineRow): boolean {
  return healthyCount === runningCount && healthyCount === desiredCount;
}

function isAsBefore(row: TimelineRow, before: TimelineRow): boolean {
  return isSettled(before) && before.healthyCount === row.healthyCount;
}

function hasFault(events: readonly OutcomeEvent[], before: TimelineRow, row: TimelineRow): boolean {
  return events.some(
    ({ fault, atSeconds, durationSeconds = 0 }) =>
      fault !== undefined && atSeconds < row.atSeconds && atSeconds + durationSeconds >= before.atSeconds,
  );
}

function sumOf(rows: readonly TimelineRow[], value: (row: TimelineRow) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
