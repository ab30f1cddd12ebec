import { isRequestCount } from '../metrics/metric';
import { formatElapsed } from '../parse/durations';
import { REQUEST_COUNT_PERIOD_SECONDS } from '../plan/target-tracking';
import type { Scenario } from '../run/scenario';
import type { Activity } from '../scaling/activity';
import { reachedEnd, type Traffic } from '../traffic/traffic-phases';
import { requestsPerSecondAtCpu, requestsPerSecondAtCpuTarget } from '../workload/cpu-demand';
import { formatRounded, type Remark } from './remark';

/** A request target below this share of what a task can sustain is probably a rate per second that was entered as one per minute. */
const INTENDED_SHARE = 0.2;

/** A computed count exceeded the maximum capacity: the target is far too low, or the maximum capacity is. */
export const targetTooLowForTraffic: Remark = (scenario, { activities }) => {
  const { maxCapacity } = scenario.plan.policy;
  const limitedActivity = activities.find((activity) => activity.computedCapacity > maxCapacity);
  if (limitedActivity === undefined) return undefined;
  return isTargetTooLow(limitedActivity, scenario)
    ? formatTargetTooLow(limitedActivity, scenario)
    : formatMaxCapacityTooLow(limitedActivity, maxCapacity);
};

/** The service ran at maximum capacity while an alarm was in ALARM, although no computed count exceeded it. */
export const limitedByMaxCapacity: Remark = ({ plan }, { activities, notScaled, totals }) => {
  const { maxCapacity } = plan.policy;
  if (!notScaled.some(({ reason }) => reason === 'AlreadyAtMaxCapacity')) return undefined;
  if (activities.some((activity) => activity.computedCapacity > maxCapacity)) return undefined;
  if (activities.length === 0) return `nothing scaled: policies required more tasks than maxCapacity (${maxCapacity}) allows`;
  return `the service ran at maxCapacity (${maxCapacity}) for ${formatElapsed(totals.secondsAtMaxCapacity)} while an alarm required more tasks: raise maxCapacity`;
};

function isTargetTooLow(activity: Activity, { plan, workload }: Scenario): boolean {
  const perSecond = (activity.targetValue ?? 0) / REQUEST_COUNT_PERIOD_SECONDS;
  return (
    activity.metric !== undefined &&
    isRequestCount(activity.metric) &&
    perSecond < INTENDED_SHARE * requestsPerSecondAtCpuTarget(plan, workload)
  );
}

function formatTargetTooLow(activity: Activity, scenario: Scenario): string {
  const { plan } = scenario;
  const target = activity.targetValue ?? 0;
  const perSecond = target / REQUEST_COUNT_PERIOD_SECONDS;
  return (
    `the request target is ${formatRounded(target)} per minute, which is ${formatRounded(perSecond)} per second for each task: ` +
    `this is why ${activity.fromCapacity} became ${activity.toCapacity} in one step. ` +
    `That target requires ${activity.computedCapacity} tasks here and maxCapacity is ${plan.policy.maxCapacity}; ` +
    formatBetterTarget(scenario)
  );
}

function formatBetterTarget({ plan, workload, isWorkloadAssumed = false }: Scenario): string {
  if (isWorkloadAssumed) return 'measure what a task of this service sustains, and set requestsPerSecondPerTask to that';
  return `set requestsPerSecondPerTask to about ${formatRounded(requestsPerSecondAtCpuTarget(plan, workload))}`;
}

function formatMaxCapacityTooLow(activity: Activity, maxCapacity: number): string {
  return (
    `${activity.metric ?? activity.cause} required ${activity.computedCapacity} tasks and maxCapacity is ${maxCapacity}: ` +
    `raise maxCapacity to ${activity.computedCapacity}, or give each task more CPU`
  );
}

/** The rate of requests exceeds what the maximum number of tasks can serve. Users would slow down; a rate does not. */
export const trafficExceedsMaxCapacity: Remark = ({ plan, workload, traffic }) => {
  const { maxCapacity } = plan.policy;
  const perTask = requestsPerSecondAtCpu(plan.task, workload, 100);
  const peakRequestsPerSecond = Math.min(maxRequestsPerSecond(traffic), traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY);
  if (peakRequestsPerSecond <= maxCapacity * perTask) return undefined;
  return (
    `${formatRounded(peakRequestsPerSecond)} requests per second arrive at the peak, and ${maxCapacity} tasks (maxCapacity) serve ${formatRounded(maxCapacity * perTask)} ` +
    `with all their CPU: set maxCapacity to at least ${Math.ceil(peakRequestsPerSecond / perTask)}, or give each task more CPU`
  );
};

function maxRequestsPerSecond({ phases }: Traffic): number {
  let highest = 0;
  for (const phase of phases) {
    const { requestsPerSecondBeside: beside } = phase;
    if (phase.kind === 'rps') highest = Math.max(highest, phase.from, reachedEnd(phase));
    else if (beside !== undefined) highest = Math.max(highest, beside.from, beside.to);
  }
  return highest;
}
