import { edgeOf } from '../../scenario/halving';
import type { Scenario } from '../../scenario/scenario';
import type { TaskServer } from '../latency';
import { taskServerOf } from '../task-server-of-workload';
import type { Objective } from './objective';

/** What a task of one size can do for an objective, and how many of them the busiest moment takes. */
export interface Demand {
  readonly server: TaskServer;
  /** The most requests per second that a task answers quickly enough; 0 where none is. */
  readonly ratePerTask: number;
  /** Tasks that answer the busiest moment quickly enough, and still answer it after a loss; infinite where none do. */
  readonly tasksAtPeak: number;
}

/** Tasks are not to be filled to the brim: beyond this share of its capacity a queue does not end. */
const MOST_UTILIZATION = 0.98;

/** Halvings that find a rate to within a millionth of the capacity. */
const HALVINGS = 20;

/** What tasks of one size have to do and can do. */
export function demandOn(vcpu: number, scenario: Scenario, objective: Objective): Demand {
  const server = taskServerOf(scenario.workload, vcpu);
  const ratePerTask = quickRate(server, objective.p95Millis);
  const needed = ratePerTask > 0 ? Math.ceil(peakRate(scenario) / ratePerTask) : Number.POSITIVE_INFINITY;
  return { server, ratePerTask, tasksAtPeak: withSpares(Math.max(1, needed), objective, scenario.plan.zoneCount) };
}

/** The most requests that can arrive in a second: users who meet no queue ask as often as they can. */
export function peakRate({ traffic, workload }: Pick<Scenario, 'traffic' | 'workload'>): number {
  let most = 0;
  for (const { kind, from, to, thinkSeconds } of traffic.phases) {
    const cycleSeconds = thinkSeconds + workload.baseLatencySeconds + workload.cpuSecondsPerRequest;
    most = Math.max(most, Math.max(from, to) / (kind === 'users' ? cycleSeconds : 1));
  }
  return Math.min(most, traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY);
}

function quickRate(server: TaskServer, p95Millis: number | undefined): number {
  const most = MOST_UTILIZATION * server.capacityPerSecond;
  const isQuick = (rate: number): boolean => p95Millis === undefined || 1000 * server.latencyAt(rate).p95 <= p95Millis;
  if (isQuick(most)) return most;
  const { inside, outside } = edgeOf(isQuick, most, HALVINGS);
  // where not even the first request is quick, what is left is the dust of halving.
  return inside > outside * 0.5 ? inside : 0;
}

function withSpares(needed: number, { tasksLost = 0, survivesZoneLoss = false }: Objective, zones: number): number {
  // a service in one zone does not survive its loss, whatever its tasks: there are infinitely many too few.
  const overZones = survivesZoneLoss ? Math.ceil((needed * zones) / (zones - 1)) : 0;
  return Math.max(needed + tasksLost, overZones);
}
