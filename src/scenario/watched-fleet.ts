import type { Fleet } from '../scaling/fleet';

/** A fleet that can also be watched and paid for. */
export interface WatchedFleet extends Fleet {
  readonly healthyCount: number;
  /** The most tasks that have run at once so far. */
  readonly mostRunning: number;
  /** Seconds of the scenario times tasks that are paid for, since the start; in a forecast a minute at least for each task that has ended. */
  readonly taskSeconds: number;
}
