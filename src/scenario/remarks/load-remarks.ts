import { isCpuUtilization } from '../../plan/metric';
import { isScaleOut } from '../../scaling/activity';
import { clockTime } from '../duration';
import { HALF_A_REQUEST } from '../failures';
import type { OutcomeEvent, OutcomeEventKind, TimelineRow } from '../outcome';
import { ROW_SECONDS } from '../row-seconds';
import { type Remark, rounded, rowWithMost } from './remark';

/** CPU that is reported as so much is used up: by how much more is asked, nobody can see. */
const FULL_CPU_PERCENT = 97;

/** CPU cannot show how far beyond capacity a load is, so that one step after the other is needed. */
export const cpuHidesTheLoad: Remark = ({ plan }, { activities }) => {
  const blind = activities.filter(
    (activity) =>
      isScaleOut(activity) &&
      // a step adds what its policy says, however high the metric is.
      activity.origin === 'target-tracking' &&
      activity.metric !== undefined &&
      isCpuUtilization(activity.metric) &&
      activity.metricValue! >= FULL_CPU_PERCENT,
  );
  const [first] = blind;
  if (first === undefined || plan.policy.targetTracking.some(({ metric }) => metric === 'ALBRequestCountPerTarget')) return undefined;
  return (
    `CPU cannot exceed 100 %: whatever the load, a step asks for ${rounded(100 / first.targetValue!)} times the tasks at most, and the next one ` +
    `has to wait (${[first.fromCapacity, ...blind.map(({ toCapacity }) => toCapacity)].join(' -> ')}). ` +
    'A request target, requestsPerSecondPerTask, sees the whole load at once'
  );
};

/** The client could not send what its users wanted. */
export const clientLimitReached: Remark = ({ traffic }, { timeline }) => {
  const limit = traffic.clientLimitRequestsPerSecond;
  if (limit === undefined) return undefined;
  const reached = timeline.find(({ offeredPerSecond }) => offeredPerSecond >= NEAR_LIMIT_SHARE * limit);
  if (reached === undefined) return undefined;
  return (
    `from ${clockTime(reached.atSeconds)} on the client was at its own limit of ${limit} requests per second: ` +
    'the service answered what it was asked, and what more users would do to it is not shown'
  );
};

const NEAR_LIMIT_SHARE = 0.99;

/** Requests waited for each other. */
export const requestsQueued: Remark = (_, { timeline, events }) => {
  const quickest = Math.min(...timeline.map(({ p95Millis = Number.POSITIVE_INFINITY }) => p95Millis));
  const slowest = rowWithMost(timeline, (row) => row.p95Millis);
  if (slowest === undefined || slowest.p95Millis! < QUEUED_TIMES * quickest) return undefined;
  const cpu = slowest.cpuUtilizationPercent;
  return (
    `at ${clockTime(slowest.atSeconds)} 95 of 100 answers took up to ${rounded(slowest.p95Millis!)} ms, which are ${rounded(quickest)} ms at best: ` +
    (cpu !== undefined && cpu < IDLE_CPU_PERCENT
      ? `with the CPU at ${rounded(cpu)} % they did not wait for that${causeOf(events, slowest)}`
      : `requests waited for each other${cpu === undefined ? '' : `, with the CPU at ${rounded(cpu)} %`}`)
  );
};

const QUEUED_TIMES = 3;

/** With so little to do, requests do not wait for CPU. */
const IDLE_CPU_PERCENT = 40;

/** A fault shows in the minutes that follow it. */
const AFTERMATH_SECONDS = 180;

/** What is done to the tasks, and not what comes of it. */
const CAUSES: ReadonlySet<OutcomeEventKind> = new Set<OutcomeEventKind>(['fault', 'deployment-started']);

/** A fault that met no task is none. */
function befellTasks({ tasks }: OutcomeEvent): boolean {
  return tasks?.length !== 0;
}

/** What was done to the tasks last before a row, where that is not long ago. */
function causeOf(events: readonly OutcomeEvent[], { atSeconds }: TimelineRow): string {
  const fault = events.filter((event) => CAUSES.has(event.kind) && befellTasks(event) && event.atSeconds <= atSeconds).at(-1);
  const isNear = fault !== undefined && fault.atSeconds > atSeconds - AFTERMATH_SECONDS;
  return isNear ? `; at ${clockTime(fault.atSeconds)}: ${fault.description}` : '';
}

/** Requests failed: when, and how many tasks there were for them. */
export const requestsFailed: Remark = (_, { timeline, totals, events }) => {
  if (totals.failedRequests < HALF_A_REQUEST) return undefined;
  const failing = timeline.filter(({ failedRequests }) => failedRequests > 0);
  const worst = rowWithMost(failing, (row) => row.failedRequests);
  if (worst === undefined) return undefined;
  const kinds = Object.entries(totals.failures).filter(([, count]) => count >= HALF_A_REQUEST);
  return (
    `${rounded(totals.failedRequests)} ${totals.failedRequests === 1 ? 'request' : 'requests'} failed (${kinds.map(([kind, count]) => `${kind}: ${rounded(count)}`).join(', ')}), ` +
    `${shareInWords(worst, failing)} of them in the minute until ${clockTime(worst.atSeconds)}, when ${tasksInWords(worst)} for ${rounded(worst.offeredPerSecond)} requests per second${causeOf(events, worst)}`
  );
};

/** How many of the failed requests failed in one row. */
function shareInWords({ failedRequests }: TimelineRow, failing: readonly TimelineRow[]): string {
  const all = failing.reduce((sum, row) => sum + row.failedRequests, 0);
  if (failing.length === 1) return 'all';
  return failedRequests > all / 2 ? 'most' : `${rounded(failedRequests)}`;
}

function tasksInWords({ healthyCount }: TimelineRow): string {
  return healthyCount === 1 ? 'one task was healthy' : `${healthyCount} tasks were healthy`;
}

/** There was a moment at which no task could have been lost. */
export const noTaskToSpare: Remark = (_, { timeline, events }) => {
  // that a task is missing which a fault has just taken says nothing of how many were meant to be there.
  const tight = rowWithMost(
    timeline.filter((row) => !isShortByFault(events, row)),
    cpuAfterLoss,
  );
  if (tight === undefined || cpuAfterLoss(tight)! <= 100) return undefined;
  const { atSeconds, healthyCount, cpuUtilizationPercent } = tight;
  return (
    `no task could have been lost at ${clockTime(atSeconds)}: ${tasksInWords(tight)}, with the CPU at ${rounded(cpuUtilizationPercent!)} %, ` +
    `and ${healthyCount === 1 ? 'there was no other' : `${healthyCount - 1} could not have carried it`}. With N+1, one task more than needed, a failure is not an outage`
  );
};

/** Whether tasks are missing in a row because of a fault whose replacements had not come when it began. */
function isShortByFault(events: readonly OutcomeEvent[], { atSeconds, healthyCount, desiredCount }: TimelineRow): boolean {
  const fault = events.filter((event) => event.kind === 'fault' && befellTasks(event) && event.atSeconds <= atSeconds).at(-1);
  if (fault === undefined || healthyCount >= desiredCount) return false;
  const healed = events.find((event) => event.kind === 'replacement-healthy' && event.atSeconds > fault.atSeconds);
  return healed === undefined ? fault.atSeconds > atSeconds - AFTERMATH_SECONDS : healed.atSeconds > atSeconds - ROW_SECONDS;
}

/**
 * The CPU that the tasks would need of which one is lost; infinite where it was the only one, undefined where nothing was asked.
 *
 * Users wait for their answers: with fewer tasks they get fewer, and no task has more to do than it can.
 */
function cpuAfterLoss({ users, healthyCount, cpuUtilizationPercent, offeredPerSecond }: TimelineRow): number | undefined {
  if (healthyCount === 0 || cpuUtilizationPercent === undefined || offeredPerSecond === 0) return undefined;
  if (healthyCount === 1) return Number.POSITIVE_INFINITY;
  return users === undefined ? (cpuUtilizationPercent * healthyCount) / (healthyCount - 1) : undefined;
}
