import { isCpuUtilization, isRequestCount } from '../metrics/metric';
import { formatElapsed } from '../parse/durations';
import { eventKind } from '../run/event-kinds';
import { MIN_REPORTED_FAILED_REQUESTS } from '../run/failures';
import type { OutcomeEvent, TimelineRow } from '../run/outcome';
import { ROW_SECONDS } from '../run/outcome';
import { isScaleOut } from '../scaling/activity';
import { formatRounded, type Remark, rowWithMost } from './remark';

/** From this utilization on, CPU is fully used: the metric does not show how much more is needed. */
const FULL_CPU_PERCENT = 97;

/** CPU does not show how far a load exceeds the capacity, so that several steps are needed. */
export const cpuHidesTheLoad: Remark = ({ plan }, { activities }) => {
  const fullCpuActivities = activities.filter(
    (activity) =>
      isScaleOut(activity) &&
      // a step adjustment does not depend on how high the metric is.
      activity.origin === 'target-tracking' &&
      activity.metric !== undefined &&
      isCpuUtilization(activity.metric) &&
      activity.metricValue! >= FULL_CPU_PERCENT,
  );
  const [first] = fullCpuActivities;
  if (first === undefined || plan.policy.targetTracking.some(({ metric }) => isRequestCount(metric))) return undefined;
  return (
    `CPU cannot exceed 100 %: at any load, one scale-out can multiply the tasks by ${formatRounded(100 / first.targetValue!)} at most, and the next one ` +
    `has to wait (${[first.fromCapacity, ...fullCpuActivities.map(({ toCapacity }) => toCapacity)].join(' -> ')}). ` +
    'A request target, requestsPerSecondPerTask, measures the whole load at once'
  );
};

/** The client reached its own limit. */
export const clientLimitReached: Remark = ({ traffic }, { timeline }) => {
  const limit = traffic.clientLimitRequestsPerSecond;
  if (limit === undefined) return undefined;
  const limitedRow = timeline.find(({ sentRequestsPerSecond }) => sentRequestsPerSecond >= NEAR_LIMIT_SHARE * limit);
  if (limitedRow === undefined) return undefined;
  return (
    `from ${formatElapsed(limitedRow.atSeconds)} on the client was at its own limit of ${limit} requests per second: ` +
    'the result does not show how the service performs with more users'
  );
};

const NEAR_LIMIT_SHARE = 0.99;

/** The latency was much higher in one minute than in the best one: requests queued, or a fault delayed them. */
export const requestsQueued: Remark = (_, { timeline, events }) => {
  const lowestP95Millis = Math.min(...timeline.map(({ p95Millis = Number.POSITIVE_INFINITY }) => p95Millis));
  const slowestRow = rowWithMost(timeline, (row) => row.p95Millis);
  if (slowestRow === undefined || slowestRow.p95Millis! < QUEUED_LATENCY_FACTOR * lowestP95Millis) return undefined;
  const cpu = slowestRow.cpuUtilizationPercent;
  return (
    `at ${formatElapsed(slowestRow.atSeconds)} the p95 latency was ${formatRounded(slowestRow.p95Millis!)} ms, compared with ${formatRounded(lowestP95Millis)} ms at best: ` +
    (cpu !== undefined && cpu < IDLE_CPU_PERCENT
      ? `with the CPU at ${formatRounded(cpu)} % requests did not wait for CPU${formatCause(events, slowestRow)}`
      : `requests queued${cpu === undefined ? '' : `, with the CPU at ${formatRounded(cpu)} %`}`)
  );
};

const QUEUED_LATENCY_FACTOR = 3;

/** Below this utilization requests do not wait for CPU. */
const IDLE_CPU_PERCENT = 40;

/** The effects of a fault are visible for this time. */
const AFTERMATH_SECONDS = 180;

/** Whether an event affected any task. */
function hasAffectedTasks({ tasks }: OutcomeEvent): boolean {
  return tasks?.length !== 0;
}

/** The last fault or deployment before a row, if it was recent. */
function formatCause(events: readonly OutcomeEvent[], { atSeconds }: TimelineRow): string {
  const fault = events.filter((event) => eventKind(event.kind).isCause && hasAffectedTasks(event) && event.atSeconds <= atSeconds).at(-1);
  const isNear = fault !== undefined && fault.atSeconds > atSeconds - AFTERMATH_SECONDS;
  return isNear ? `; at ${formatElapsed(fault.atSeconds)}: ${fault.description}` : '';
}

/** Requests failed: when, and with how many healthy tasks. */
export const requestsFailed: Remark = (_, { timeline, totals, events }) => {
  if (totals.failedRequests < MIN_REPORTED_FAILED_REQUESTS) return undefined;
  const failing = timeline.filter(({ failedRequests }) => failedRequests > 0);
  const worst = rowWithMost(failing, (row) => row.failedRequests);
  if (worst === undefined) return undefined;
  const kinds = Object.entries(totals.failures).filter(([, count]) => count >= MIN_REPORTED_FAILED_REQUESTS);
  return (
    `${formatRounded(totals.failedRequests)} ${totals.failedRequests === 1 ? 'request' : 'requests'} failed (${kinds.map(([kind, count]) => `${kind}: ${formatRounded(count)}`).join(', ')}), ` +
    `${formatShare(worst, failing)} of them in the minute until ${formatElapsed(worst.atSeconds)}, when ${formatTasks(worst)} for ${formatRounded(worst.sentRequestsPerSecond)} requests per second${formatCause(events, worst)}`
  );
};

/** The share of the failed requests that failed in one row. */
function formatShare({ failedRequests }: TimelineRow, failing: readonly TimelineRow[]): string {
  const all = failing.reduce((sum, row) => sum + row.failedRequests, 0);
  if (failing.length === 1) return 'all';
  return failedRequests > all / 2 ? 'most' : `${formatRounded(failedRequests)}`;
}

function formatTasks({ healthyCount }: TimelineRow): string {
  return healthyCount === 1 ? 'one task was healthy' : `${healthyCount} tasks were healthy`;
}

/** There was a minute in which the service could not have lost a task. */
export const noTaskToSpare: Remark = (_, { timeline, events }) => {
  // a task that is missing because of a fault is not a lack of capacity.
  const worstRow = rowWithMost(
    timeline.filter((row) => !isShortByFault(events, row)),
    cpuAfterLoss,
  );
  if (worstRow === undefined || cpuAfterLoss(worstRow)! <= 100) return undefined;
  const { atSeconds, healthyCount, cpuUtilizationPercent } = worstRow;
  return (
    `the service could not have lost a task at ${formatElapsed(atSeconds)}: ${formatTasks(worstRow)}, with the CPU at ${formatRounded(cpuUtilizationPercent!)} %, ` +
    `and ${healthyCount === 1 ? 'there was no other' : `${healthyCount - 1} could not have served the load`}. With N+1, one task more than needed, a failure is not an outage`
  );
};

/** Whether tasks are missing in a row because of a fault whose replacements were not healthy when the row began. */
function isShortByFault(events: readonly OutcomeEvent[], { atSeconds, healthyCount, desiredCount }: TimelineRow): boolean {
  const fault = events.filter((event) => event.kind === 'fault' && hasAffectedTasks(event) && event.atSeconds <= atSeconds).at(-1);
  if (fault === undefined || healthyCount >= desiredCount) return false;
  const replacement = events.find((event) => event.kind === 'replacement-healthy' && event.atSeconds > fault.atSeconds);
  return replacement === undefined ? fault.atSeconds > atSeconds - AFTERMATH_SECONDS : replacement.atSeconds > atSeconds - ROW_SECONDS;
}

/**
 * The CPU utilization that the tasks would have without one of them; infinite if it is the only one, undefined without requests.
 *
 * Users wait for responses, so fewer tasks do not get more load than they can serve.
 */
function cpuAfterLoss({ users, healthyCount, cpuUtilizationPercent, sentRequestsPerSecond }: TimelineRow): number | undefined {
  if (healthyCount === 0 || cpuUtilizationPercent === undefined || sentRequestsPerSecond === 0) return undefined;
  if (healthyCount === 1) return Number.POSITIVE_INFINITY;
  return users === undefined ? (cpuUtilizationPercent * healthyCount) / (healthyCount - 1) : undefined;
}
