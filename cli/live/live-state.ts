import type { Plan } from '../../src/plan/plan';
import type { Activity, NotScaled } from '../../src/scaling/activity';
import type { AwsBehavior } from '../../src/scaling/aws-behavior';
import type { Fault, TaskFault } from '../../src/scenario/fault';
import type { OutcomeEvent, TimelineRow } from '../../src/scenario/outcome';

/**
 * Where a task is between its launch and its end, in the order in which it goes through.
 *
 * `launching` has no process yet, `starting` has one that does not serve yet; a `healthy` task serves, and so does a `frozen` one as
 * far as the load balancer knows. `draining` finishes what it has, `stopping` was sent SIGTERM.
 */
export type LiveTaskState = 'launching' | 'starting' | 'healthy' | 'unhealthy' | 'frozen' | 'draining' | 'stopping';

/** One task as it is now. */
export interface LiveTask {
  /** What tells it from the others, in a few characters. */
  readonly id: string;
  readonly state: LiveTaskState;
  readonly zone?: string;
  readonly revision?: string;
  /** Seconds of the scenario since its launch. */
  readonly ageSeconds: number;
  /** Percent of its quota, over the last second or so. */
  readonly cpuPercent?: number;
  /** Percent of its limit. */
  readonly memoryPercent?: number;
  /** Requests that it answered in a second, over the last second or so. */
  readonly requestsPerSecond?: number;
  /** Requests that wait for its answer now, and how long the oldest of them has waited, on the wall clock. */
  readonly waitingRequests?: number;
  readonly longestWaitSeconds?: number;
  /** The faults that keep it from its work. */
  readonly befallenBy?: readonly TaskFault['kind'][];
}

/** The measures of a timeline row, over the last seconds instead of a minute; what nobody knows yet is left out. */
export type LiveReading = Partial<
  Pick<
    TimelineRow,
    | 'users'
    | 'offeredPerSecond'
    | 'requestsPerSecond'
    | 'failedRequests'
    | 'cpuUtilizationPercent'
    | 'memoryUtilizationPercent'
    | 'requestCountPerTarget'
    | 'p50Millis'
    | 'p95Millis'
  >
> & {
  /** Requests that the scenario asks for in a second, where it asks for a rate. */
  readonly askedPerSecond?: number;
};

/** The requests of a whole run so far. */
export interface LiveTotals {
  readonly requests: number;
  readonly servedRequests: number;
  readonly failedRequests: number;
  /** How the last one failed, in words. */
  readonly lastFailure?: string;
}

/** Everything that the live view shows of a rehearsal, at one moment. */
export interface LiveState {
  readonly plan: Plan;
  readonly behavior: AwsBehavior;
  /** Where the load balancer listens. */
  readonly url: string;
  readonly speed: number;
  readonly seed: number;
  /** How far the scenario is, and how long it is. */
  readonly nowSeconds: number;
  readonly totalSeconds: number;
  /** The tasks that are there. */
  readonly tasks: readonly LiveTask[];
  readonly desiredCount: number;
  /** The least and the most tasks there may be now: a schedule or a prediction moves them away from those of the plan. */
  readonly bounds: { readonly min: number; readonly max: number };
  readonly now: LiveReading;
  readonly totals: LiveTotals;
  /** The minutes that are over. */
  readonly timeline: readonly TimelineRow[];
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
  readonly events: readonly OutcomeEvent[];
  /** The faults of the scenario and those by hand, whenever they happen. */
  readonly faults: readonly Fault[];
}
