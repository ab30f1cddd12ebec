import type { TaskProcess } from './task-process';

/** Starts tasks of one service: copies of the same program or image, each held to the same size. */
export interface TaskRuntime {
  /** What runs the tasks and what holds them to their CPU, such as `processes, CPU quota by cgroup v1`. */
  readonly description: string;

  /** The port that each of its tasks is told to open, where it is the same for all: inside of a container. */
  readonly portInside?: number;

  /** Rejects if what keeps the tasks ends although nobody stopped it; never settles otherwise. */
  readonly lost: Promise<never>;

  /**
   * Starts a task. The port that it shall open is free, and given to it as PORT.
   *
   * @throws InvalidInput where it cannot be started at all; one that ends at once has been started.
   */
  run(): Promise<TaskProcess>;

  /** Ends every task at once, and whatever kept them. */
  stop(): Promise<void>;
}
