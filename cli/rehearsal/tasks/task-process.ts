import type { TaskExit } from './task-exit';

/** A task that has been started. What it says of itself is as of its last report; reports come ten times a second. */
export interface TaskProcess {
  /** Where it is reached, on 127.0.0.1. */
  readonly port: number;

  /** Settles when it has ended, for whatever reason. */
  readonly exited: Promise<TaskExit>;

  /** CPU seconds used since its start. While its speed is cut, they are those of a core that is as much slower. */
  readonly cpuSeconds: number;

  /** The memory that it holds with everything that it has started. Undefined before the first report, and where it cannot be seen. */
  readonly memoryMiB: number | undefined;

  /** The last lines that it wrote. */
  readonly lastOutput: string;

  /** SIGTERM now, SIGKILL after so many seconds of the wall clock. */
  stop(stopTimeoutSeconds: number): Promise<TaskExit>;

  /** SIGKILL, to all of it. */
  kill(): void;

  /** Lets all of it stand still until it is thawed, whatever its quota would allow. */
  freeze(): void;

  thaw(): void;

  /**
   * Lets it run as on a core that is slower: its quota is cut to a share of what it is given otherwise, and CPU seconds are counted
   * as that core's. So a task that is kept busy shows 100 % of its CPU and does that much less.
   *
   * @param share above 0, up to 1, which is full speed again.
   */
  setSpeedShare(share: number): void;

  /** Lets something inside it take memory, quickly, until the limit of the task ends it. */
  fillMemory(): void;
}
