import { type Infrastructure, spotTasksOf } from '../../plan/infrastructure';
import { idleTimeoutOf, type Plan } from '../../plan/service-plan';
import type { Outcome, TimelineRow } from '../../run/outcome';
import { meanServedRequestsPerSecond, rowStartSeconds } from '../../run/outcome';
import type { Workload } from '../../workload/workload-parameters';
import { HOURS_PER_MONTH } from './prices';

/** The usage of a month that depends on the load. */
export interface Usage {
  readonly taskHours: number;
  /** The part of the task hours on Fargate Spot. */
  readonly spotTaskHours: number;
  /** Hours of the instances that tasks of ECS run on; undefined on Fargate. */
  readonly instanceHours?: number;
  /** The surplus CPU credits that are charged, in vCPU-hours; undefined without burstable instances. */
  readonly surplusVcpuHours?: number;
  /** Load balancer capacity units (LCU) × hours. */
  readonly capacityUnitHours: number;
  /** The data of the responses. */
  readonly responseGigabytes: number;
}

/** What the usage of the load balancer depends on, besides the rate of requests. */
export interface RequestProfile {
  readonly workload: Workload;
  readonly plan: Pick<Plan, 'infrastructure' | 'idleTimeoutSeconds'>;
}

const SECONDS_PER_HOUR = 3600;
const MINUTES_PER_HOUR = 60;
const BYTES_PER_GIGABYTE = 1e9;

/** A number of tasks for a whole month, without requests. */
export function idleUsage(infrastructure: Infrastructure, tasks: number): Usage {
  return { ...constantTaskHours(infrastructure, tasks), capacityUnitHours: 0, responseGigabytes: 0 };
}

function constantTaskHours(infrastructure: Infrastructure, tasks: number): Pick<Usage, 'taskHours' | 'spotTaskHours'> {
  return { taskHours: tasks * HOURS_PER_MONTH, spotTaskHours: spotTasksOf(infrastructure, tasks) * HOURS_PER_MONTH };
}

/** A month in which the run repeats. */
export function usageOfRun(requests: RequestProfile, outcome: Pick<Outcome, 'timeline' | 'totals'>): Usage {
  const { timeline, totals } = outcome;
  const hours = (timeline.at(-1)?.atSeconds ?? 0) / SECONDS_PER_HOUR;
  const { infrastructure } = requests.plan;
  if (hours === 0) return idleUsage(infrastructure, 0);
  const months = HOURS_PER_MONTH / hours;
  const perSecond = meanServedRequestsPerSecond(timeline);
  return {
    taskHours: totals.taskHours * months,
    ...(totals.instanceHours !== undefined && { instanceHours: totals.instanceHours * months }),
    ...(totals.surplusCpuCredits !== undefined && { surplusVcpuHours: (totals.surplusCpuCredits / MINUTES_PER_HOUR) * months }),
    spotTaskHours: totals.taskHours * months * spotShareOfRun(infrastructure, timeline),
    capacityUnitHours: capacityUnitHours(requests, timeline) * months,
    responseGigabytes: gigabytesPerMonth(requests, perSecond),
  };
}

/** The share of the running tasks on Spot over a run. It differs with their number, so it is computed for each row. */
function spotShareOfRun(infrastructure: Infrastructure, timeline: readonly TimelineRow[]): number {
  let runningTaskSeconds = 0;
  let spotSeconds = 0;
  for (const [index, { atSeconds, runningCount }] of timeline.entries()) {
    const seconds = atSeconds - rowStartSeconds(timeline, index);
    runningTaskSeconds += runningCount * seconds;
    spotSeconds += spotTasksOf(infrastructure, runningCount) * seconds;
  }
  return runningTaskSeconds > 0 ? spotSeconds / runningTaskSeconds : 0;
}

/** A number of tasks for a whole month, under the load of the busiest minute of the run. */
export function usageAtPeak(requests: RequestProfile, outcome: Pick<Outcome, 'timeline'>, tasks: number): Usage {
  const perSecond = Math.max(0, ...outcome.timeline.map((row) => row.servedRequestsPerSecond));
  return {
    ...constantTaskHours(requests.plan.infrastructure, tasks),
    capacityUnitHours: capacityUnits(workAt(requests, perSecond)) * HOURS_PER_MONTH,
    responseGigabytes: gigabytesPerMonth(requests, perSecond),
  };
}

/** The load balancer is billed by the mean of each hour; the last, incomplete hour counts in part. */
function capacityUnitHours(requests: RequestProfile, timeline: readonly TimelineRow[]): number {
  let sum = 0;
  let start = 0;
  for (let hour = 1; start < timeline.length; hour++) {
    let end = start;
    while (end < timeline.length && timeline[end]!.atSeconds <= hour * SECONDS_PER_HOUR) end++;
    // a row that ends in the next hour belongs to that hour.
    const hours = (rowStartSeconds(timeline, end) - rowStartSeconds(timeline, start)) / SECONDS_PER_HOUR;
    sum += hours * capacityUnits(workAt(requests, meanServedRequestsPerSecond(timeline, start, end)));
    start = end;
  }
  return sum;
}

/** An idle connection stays open until the idle timeout, however fast the responses are. */
function workAt({ workload, plan }: RequestProfile, requestsPerSecond: number): LoadBalancerWork {
  const newConnectionsPerSecond = requestsPerSecond * workload.newConnectionsPerRequest;
  return {
    requestsPerSecond,
    newConnectionsPerSecond,
    activeConnections: newConnectionsPerSecond * idleTimeoutOf(plan),
    bytesPerSecond: requestsPerSecond * workload.responseBytes,
    listenerRules: plan.infrastructure.listenerRules,
  };
}

function gigabytesPerMonth({ workload }: RequestProfile, perSecond: number): number {
  return (perSecond * workload.responseBytes * HOURS_PER_MONTH * SECONDS_PER_HOUR) / BYTES_PER_GIGABYTE;
}

/** The work of a load balancer, on average over an hour. */
export interface LoadBalancerWork {
  readonly newConnectionsPerSecond: number;
  readonly activeConnections: number;
  readonly bytesPerSecond: number;
  readonly requestsPerSecond: number;
  /** Listener rules, besides the default action. */
  readonly listenerRules: number;
}

/** The dimensions that a load balancer is billed by. */
export type CapacityDimension = 'new connections' | 'active connections' | 'processed bytes' | 'rule evaluations';

/** What one capacity unit includes (https://aws.amazon.com/elasticloadbalancing/pricing). */
const PER_CAPACITY_UNIT = {
  newConnectionsPerSecond: 25,
  activeConnections: 3000,
  bytesPerHour: 1e9,
  ruleEvaluationsPerSecond: 1000,
};
const INCLUDED_RULES = 10;

/** The capacity units that a load balancer needs in each dimension. */
export function capacityUnitsByDimension(work: LoadBalancerWork): Readonly<Record<CapacityDimension, number>> {
  const ruleEvaluationsPerSecond = work.requestsPerSecond * Math.max(0, work.listenerRules - INCLUDED_RULES);
  return {
    'new connections': work.newConnectionsPerSecond / PER_CAPACITY_UNIT.newConnectionsPerSecond,
    'active connections': work.activeConnections / PER_CAPACITY_UNIT.activeConnections,
    'processed bytes': (work.bytesPerSecond * SECONDS_PER_HOUR) / PER_CAPACITY_UNIT.bytesPerHour,
    'rule evaluations': ruleEvaluationsPerSecond / PER_CAPACITY_UNIT.ruleEvaluationsPerSecond,
  };
}

/** The capacity units that are billed: those of the highest dimension. */
export function capacityUnits(work: LoadBalancerWork): number {
  return Math.max(...Object.values(capacityUnitsByDimension(work)));
}
