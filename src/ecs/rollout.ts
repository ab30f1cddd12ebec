import type { TrafficMover } from './traffic-mover';

/** A deployment that is going on. */
export interface Rollout {
  readonly isRollback: boolean;
  /** The revision to go back to. */
  readonly before: number;
  /** Where both revisions stand side by side. */
  readonly mover?: TrafficMover;
  failures: number;
}
