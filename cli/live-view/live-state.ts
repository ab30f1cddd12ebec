import type { Fault, TaskFault } from '../../src/faults/fault-kinds';
import { FAULT_KINDS, FAULTS, isTaskFault } from '../../src/faults/fault-rows';
import type { ClientLatencies } from '../../src/metrics/latency-percentiles';
import type { SignalValues } from '../../src/metrics/signals';
import type { Plan } from '../../src/plan/service-plan';
import type { OutcomeEvent, TimelineRow } from '../../src/run/outcome';
import type { Activity, NotScaled } from '../../src/scaling/activity';
import type { AwsBehavior } from '../../src/scaling/aws-behavior';

/**
 * The state of a task, in the order of its life.
 *
 * `launching` has no process yet; `starting` has one that is not healthy yet; `healthy` serves; `paused` is healthy for the load balancer
 * and does not respond; `draining` finishes its requests; `stopping` was sent SIGTERM.
 */
export type LiveTaskState = 'launching' | 'starting' | 'healthy' | 'unhealthy' | 'paused' | 'draining' | 'stopping';

/** The current state of one task. */
export interface LiveTask {
  /** A short identifier. */
  readonly id: string;
  readonly state: LiveTaskState;
  readonly zone?: string;
  readonly revision?: string;
  /** Seconds of the scenario since its launch. */
  readonly ageSeconds: number;
  /** Percent of its vCPU, over the last second or so. */
  readonly cpuPercent?: number;
  /** Percent of its limit. */
  readonly memoryPercent?: number;
  /** Requests that it served per second, over the last second or so. */
  readonly servedRequestsPerSecond?: number;
  /** Requests that wait for its response, and the wall clock seconds that the oldest has waited. */
  readonly waitingRequests?: number;
  readonly longestWaitSeconds?: number;
  /** The faults that affect it now. */
  readonly activeFaults?: readonly TaskFault['kind'][];
}

/** The values of a timeline row, but over the last second instead of a minute; what is not known yet is left out. */
export type LiveValues = Partial<
  Pick<TimelineRow, 'users' | 'sentRequestsPerSecond' | 'servedRequestsPerSecond' | 'failedRequests'> & SignalValues & ClientLatencies
> & {
  /** The request rate that the scenario has now, if its load is open. */
  readonly scenarioRequestsPerSecond?: number;
};

/** The requests of a whole run so far. */
export interface LiveTotals {
  readonly requests: number;
  readonly servedRequests: number;
  readonly failedRequests: number;
  /** The text of the last failure. */
  readonly lastFailure?: string;
}

/** Everything that the live view shows of a rehearsal at one moment. */
export interface LiveState {
  readonly plan: Plan;
  readonly behavior: AwsBehavior;
  /** Where the load balancer listens. */
  readonly url: string;
  readonly speed: number;
  readonly seed: number;
  /** The current second of the scenario, and its length. */
  readonly nowSeconds: number;
  readonly totalSeconds: number;
  /** The current tasks. */
  readonly tasks: readonly LiveTask[];
  readonly desiredCount: number;
  /** The current minimum and maximum capacity, with all changes by scheduled actions and predictive scaling. */
  readonly bounds: { readonly min: number; readonly max: number };
  readonly latestValues: LiveValues;
  readonly totals: LiveTotals;
  /** The rows of the past minutes. */
  readonly timeline: readonly TimelineRow[];
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
  readonly events: readonly OutcomeEvent[];
  /** The faults of the scenario and those injected by pressing a key, past and future. */
  readonly faults: readonly Fault[];
}

/** The number of tasks by state. */
export interface FleetCounts {
  readonly desired: number;
  /** Those that run and are not draining or stopping. */
  readonly running: number;
  /** Those that the load balancer sends requests to. */
  readonly healthy: number;
  /** Of the healthy ones, those that are paused, which the load balancer has not noticed yet. */
  readonly paused: number;
  /** Those that have not been healthy yet, with or without a process. */
  readonly starting: number;
  /** Those that are draining or stopping. */
  readonly stopping: number;
  readonly min: number;
  readonly max: number;
}

/** Counts the tasks by state. */
export function fleetCounts({ tasks, desiredCount, bounds }: LiveState): FleetCounts {
  const count = (...states: LiveTask['state'][]): number => tasks.filter(({ state }) => states.includes(state)).length;
  return {
    desired: desiredCount,
    running: count('starting', 'healthy', 'unhealthy', 'paused'),
    healthy: count('healthy', 'paused'),
    paused: count('paused'),
    starting: count('launching', 'starting'),
    stopping: count('draining', 'stopping'),
    min: bounds.min,
    max: bounds.max,
  };
}

/** The names of the active faults: those of tasks while there are affected tasks, the others for their duration. */
export function activeFaultNames({ tasks, faults, nowSeconds }: Pick<LiveState, 'tasks' | 'faults' | 'nowSeconds'>): string[] {
  const affected = FAULT_KINDS.flatMap((kind) => {
    const count = tasks.filter(({ activeFaults = [] }) => activeFaults.some((active) => active === kind)).length;
    return count > 0 ? `${count} ${FAULTS[kind].ongoing}` : [];
  });
  const lasting = faults
    .filter((fault) => isActive(fault, nowSeconds))
    .flatMap((fault) => (isTaskFault(fault) ? [] : (FAULTS[fault.kind].ongoing ?? [])));
  return [...affected, ...new Set(lasting)];
}

function isActive(fault: Fault, nowSeconds: number): boolean {
  return 'durationSeconds' in fault && fault.atSeconds <= nowSeconds && nowSeconds < fault.atSeconds + fault.durationSeconds;
}
