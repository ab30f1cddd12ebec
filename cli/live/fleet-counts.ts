import type { LiveState, LiveTask } from './live-state';

/** The tasks of a fleet by what matters to who watches. */
export interface FleetCounts {
  readonly wanted: number;
  /** Those that run and are not on their way out. */
  readonly running: number;
  /** Those that requests are sent to. */
  readonly healthy: number;
  /** Of the healthy, those that answer nothing, which the load balancer does not know yet. */
  readonly frozen: number;
  /** Those on their way in: launching or starting. */
  readonly coming: number;
  /** Those on their way out. */
  readonly going: number;
  readonly min: number;
  readonly max: number;
}

/** Counts the tasks of a moment. */
export function fleetCounts({ tasks, desiredCount, bounds }: LiveState): FleetCounts {
  const count = (...states: LiveTask['state'][]): number => tasks.filter(({ state }) => states.includes(state)).length;
  return {
    wanted: desiredCount,
    running: count('starting', 'healthy', 'unhealthy', 'frozen'),
    healthy: count('healthy', 'frozen'),
    frozen: count('frozen'),
    coming: count('launching', 'starting'),
    going: count('draining', 'stopping'),
    min: bounds.min,
    max: bounds.max,
  };
}
