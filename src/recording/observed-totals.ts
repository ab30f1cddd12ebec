import { signalOf, valueInRow } from '../metrics/metric';
import type { ScalingPolicy } from '../plan/policy';
import { addFailures, failedCount, NO_FAILURES } from '../run/failures';
import { percentilesOverRun } from '../run/latency-over-run';
import { rowStartSeconds, type TimelineRow, type Totals } from '../run/outcome';
import type { TimedPeriod } from './observed-timeline';
import { runningTasksIn } from './observed-timeline';

const SECONDS_PER_HOUR = 3600;

/** The totals of what was observed. Latency is that between load balancer and targets. */
export function observedTotals(timeline: readonly TimelineRow[], periods: readonly TimedPeriod[], policy: ScalingPolicy): Totals {
  const billedTaskSeconds = periods.reduce(
    (sum, { period }, index) => sum + taskCount(period, timeline[index]!) * rowSeconds(timeline, index),
    0,
  );
  const requests = sumOver(periods, ({ period: { requests: targeted = 0, elb503 = 0 } }) => targeted + elb503);
  const totals = observedTotalsOfRows(timeline, policy);
  return {
    ...totals,
    requests,
    servedRequests: requests - totals.failedRequests,
    meanLatencyMillis: meanLatencyMillis(periods),
    taskHours: billedTaskSeconds / SECONDS_PER_HOUR,
  };
}

/** The totals of rows of which nothing else is known. */
export function observedTotalsOfRows(timeline: readonly TimelineRow[], policy: ScalingPolicy): Totals {
  const failures = timeline.reduce((sum, row) => addFailures(sum, row.failures), NO_FAILURES);
  const requests = timeline.reduce((sum, row, index) => sum + row.sentRequestsPerSecond * rowSeconds(timeline, index), 0);
  const failedRequests = failedCount(failures);
  const over = timeline.map((row) => isOverTarget(row, policy));
  const secondsWhere = (isCounted: (row: TimelineRow, index: number) => boolean): number =>
    timeline.reduce((sum, row, index) => sum + (isCounted(row, index) ? rowSeconds(timeline, index) : 0), 0);
  return {
    requests,
    servedRequests: requests - failedRequests,
    failedRequests,
    failures,
    requestsInFlightAtEnd: 0,
    meanLatencyMillis: 0,
    ...percentilesOverRun(timeline),
    maxTasks: timeline.reduce((max, { desiredCount, runningCount }) => Math.max(max, desiredCount, runningCount), 0),
    taskHours: timeline.reduce((sum, { runningCount }, index) => sum + runningCount * rowSeconds(timeline, index), 0) / SECONDS_PER_HOUR,
    secondsOverTarget: secondsWhere((_, index) => over[index]!),
    secondsAtMaxCapacity: secondsWhere(({ desiredCount }) => desiredCount >= policy.maxCapacity),
    outageSeconds: secondsWhere(
      ({ sentRequestsPerSecond, servedRequestsPerSecond }) => sentRequestsPerSecond > 0 && servedRequestsPerSecond === 0,
    ),
    timeToRecoverSeconds: timeToRecoverSeconds(timeline, over),
  };
}

/** The tasks of a period that are billed: those that run, and those that are being started. */
function taskCount(period: TimedPeriod['period'], { runningCount }: TimelineRow): number {
  return (runningTasksIn(period) ?? runningCount) + (period.pendingTasks ?? 0);
}

function isOverTarget(row: TimelineRow, { targetTracking }: ScalingPolicy): boolean {
  return targetTracking.some(({ metric, targetValue }) => (valueInRow(row, signalOf(metric)) ?? 0) > targetValue);
}

function timeToRecoverSeconds(timeline: readonly TimelineRow[], over: readonly boolean[]): number | undefined {
  const first = over.indexOf(true);
  const recovered = timeline.findIndex((row, index) => index > first && !over[index]! && row.healthyCount >= row.desiredCount);
  return first < 0 || recovered < 0 ? undefined : rowStartSeconds(timeline, recovered) - rowStartSeconds(timeline, first);
}

function rowSeconds(timeline: readonly TimelineRow[], index: number): number {
  return timeline[index]!.atSeconds - rowStartSeconds(timeline, index);
}

/** The mean response time over all requests; 0 if none was measured. */
function meanLatencyMillis(periods: readonly TimedPeriod[]): number {
  const measured = periods.filter(({ period }) => period.meanResponseSeconds !== undefined);
  const requests = sumOver(measured, ({ period }) => period.requests ?? 0);
  return requests > 0 ? (1000 * sumOver(measured, ({ period }) => period.meanResponseSeconds! * (period.requests ?? 0))) / requests : 0;
}

function sumOver<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
