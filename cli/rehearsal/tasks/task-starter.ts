import type { TaskSize } from '../../../src/plan/task-size';
import type { KeptTask } from './kept-task';
import type { TaskCommand } from './task-command';
import type { TaskContainer } from './task-container';

/** What is started: a command of this machine, or a container that is reached at a port of this machine. */
export type TaskLaunch =
  | { readonly kind: 'process'; readonly command: TaskCommand }
  | { readonly kind: 'container'; readonly container: TaskContainer; readonly port: number };

/** Starts tasks, and holds each to its size. */
export interface TaskStarter {
  /** Such as `processes, CPU quota by cgroup v1`. */
  readonly description: string;

  /**
   * Starts a task.
   *
   * @param number that of the task, from 1.
   * @throws InvalidInput where it cannot be started.
   */
  start(number: number, launch: TaskLaunch, size: TaskSize): Promise<KeptTask>;

  /** Leaves nothing behind, without waiting for events. */
  close(): void;
}
