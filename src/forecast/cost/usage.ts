import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { Plan } from '../../plan/plan';
import { meanRate, secondsBefore } from '../../scenario/mean-rate';
import type { Outcome, TimelineRow } from '../../scenario/outcome';
import type { Workload } from '../../scenario/workload';
import { capacityUnits, type LoadBalancerWork } from './capacity-units';
import { HOURS_PER_MONTH } from './prices';

/** What is used in a month, as far as it depends on the load. */
export interface Usage {
  readonly taskHours: number;
  /** Capacity units of the load balancer, times hours. */
  readonly capacityUnitHours: number;
  /** What the service answers with. */
  readonly answeredGigabytes: number;
}

/** What turns requests into work for the load balancer. */
export interface Requests {
  readonly workload: Workload;
  readonly plan: Pick<Plan, 'infrastructure'>;
}

const SECONDS_PER_HOUR = 3600;
const BYTES_PER_GIGABYTE = 1e9;

/** So many tasks from the first to the last second of a month, and nobody who asks. */
export function idleUsage(tasks: number): Usage {
  return { taskHours: tasks * HOURS_PER_MONTH, capacityUnitHours: 0, answeredGigabytes: 0 };
}

/** A month that is like the run, over and over. */
export function usageLike(requests: Requests, outcome: Pick<Outcome, 'timeline' | 'totals'>): Usage {
  const { timeline, totals } = outcome;
  const hours = (timeline.at(-1)?.atSeconds ?? 0) / SECONDS_PER_HOUR;
  if (hours === 0) return idleUsage(0);
  const months = HOURS_PER_MONTH / hours;
  const perSecond = meanRate(timeline);
  return {
    taskHours: totals.taskHours * months,
    capacityUnitHours: capacityUnitHours(requests, timeline) * months,
    answeredGigabytes: gigabytesPerMonth(requests, perSecond),
  };
}

/** So many tasks for a month, each minute of which is like the busiest minute of the run. */
export function usageAtPeak(requests: Requests, outcome: Pick<Outcome, 'timeline'>, tasks: number): Usage {
  const perSecond = Math.max(0, ...outcome.timeline.map((row) => row.requestsPerSecond));
  return {
    taskHours: tasks * HOURS_PER_MONTH,
    capacityUnitHours: capacityUnits(workAt(requests, perSecond)) * HOURS_PER_MONTH,
    answeredGigabytes: gigabytesPerMonth(requests, perSecond),
  };
}

/** The load balancer is billed for each hour by its mean; what is left of a run at its end is taken as an hour of its own, in part. */
function capacityUnitHours(requests: Requests, timeline: readonly TimelineRow[]): number {
  let sum = 0;
  let first = 0;
  for (let hour = 1; first < timeline.length; hour++) {
    let last = first;
    while (last < timeline.length && timeline[last]!.atSeconds <= hour * SECONDS_PER_HOUR) last++;
    // a row that reaches into the next hour belongs to it.
    const hours = (secondsBefore(timeline, last) - secondsBefore(timeline, first)) / SECONDS_PER_HOUR;
    sum += hours * capacityUnits(workAt(requests, meanRate(timeline, first, last)));
    first = last;
  }
  return sum;
}

/** A connection that nobody uses stays open until the idle timeout: so many are open, however quickly requests are answered. */
function workAt({ workload, plan }: Requests, requestsPerSecond: number): LoadBalancerWork {
  const newConnectionsPerSecond = requestsPerSecond * workload.newConnectionsPerRequest;
  return {
    requestsPerSecond,
    newConnectionsPerSecond,
    activeConnections: newConnectionsPerSecond * AWS_DEFAULTS.idleTimeoutSeconds,
    bytesPerSecond: requestsPerSecond * workload.responseBytes,
    listenerRules: plan.infrastructure.listenerRules,
  };
}

function gigabytesPerMonth({ workload }: Requests, perSecond: number): number {
  return (perSecond * workload.responseBytes * HOURS_PER_MONTH * SECONDS_PER_HOUR) / BYTES_PER_GIGABYTE;
}
