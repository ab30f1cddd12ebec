import type { LastOutput } from './last-output';
import type { TaskExit } from './task-exit';

/** A running task as its keeper sees it. */
export interface KeptTask {
  /** The process that ends with it. */
  readonly processId: number;
  readonly output: LastOutput;
  readonly exited: Promise<TaskExit>;

  /** CPU seconds used since the start, never fewer than before. */
  cpuSeconds(): number;

  /** What it holds now, and an end to it where that is too much. Undefined where it cannot be seen. */
  watchMemory(): number | undefined;

  /** Asks it to end, and ends it when the time it was given has passed. Its quota holds meanwhile. */
  stop(stopTimeoutSeconds: number): void;

  kill(): void;
  freeze(): void;
  thaw(): void;
  setSpeed(share: number): void;
  fillMemory(): void;
}
