import type { TaskSize } from '../../../src/plan/task-size';
import type { LastOutput } from '../process/task-child';
import type { TaskCommand } from '../task-command';
import type { TaskContainer } from '../task-container';
import type { TaskExit } from '../task-runtime';

/** A running task inside the supervisor. */
export interface SupervisedTask {
  /** The process with whose exit the task has exited. */
  readonly processId: number;
  readonly output: LastOutput;
  readonly exited: Promise<TaskExit>;

  /** CPU seconds used since the start. Never decreases. */
  cpuSeconds(): number;

  /** Kills the task if it has exceeded its memory limit. Returns the memory in use in MiB; undefined if it is not known. */
  enforceMemoryLimit(): number | undefined;

  /** Sends SIGTERM, and SIGKILL after the timeout. The CPU quota applies until the task has exited. */
  stop(stopTimeoutSeconds: number): void;

  kill(): void;
  pause(): void;
  unpause(): void;

  /** Runs the task as on a slower core: 1 is full speed. `cpuShare` is the share of its vCPUs that it can use. */
  setRelativeSpeed(relativeSpeed: number, cpuShare?: number): void;
  exhaustMemory(): void;
}

/** What a task runs: a command of this machine, or a container that is reached at a port of this machine. */
export type TaskLaunch =
  | { readonly kind: 'process'; readonly command: TaskCommand }
  | { readonly kind: 'container'; readonly container: TaskContainer; readonly port: number };

/** Starts tasks, and limits each to its size. */
export interface TaskStarter {
  /** Such as `processes, CPU quota by cgroup v1`. */
  readonly description: string;

  /**
   * Starts a task.
   *
   * @param taskNumber from 1.
   * @throws InputError if it cannot be started.
   */
  start(taskNumber: number, launch: TaskLaunch, size: TaskSize): Promise<SupervisedTask>;

  /** Removes what it has created, synchronously. */
  close(): void;
}
