import type { TaskSize } from '../../../src/plan/task-size';
import type { TaskExit } from './task-exit';
import type { TaskLaunch } from './task-starter';

/** What is done to a task at once, and needs no words of its own. */
export type TaskDeed = 'kill' | 'freeze' | 'thaw' | 'fill-memory';

/** What the tool asks of the keeper. A task is named by the number that the tool gave it. */
export type TaskRequest =
  | { readonly kind: 'run'; readonly task: number; readonly launch: TaskLaunch; readonly size: TaskSize }
  | { readonly kind: 'stop'; readonly task: number; readonly stopTimeoutSeconds: number }
  | { readonly kind: 'set-speed'; readonly task: number; readonly share: number }
  | { readonly kind: TaskDeed; readonly task: number };

/** What the keeper tells the tool. */
export type KeeperNews =
  | { readonly kind: 'ready'; readonly description: string }
  | { readonly kind: 'unfit'; readonly mistakes: readonly string[] }
  | { readonly kind: 'started'; readonly task: number; readonly processId: number }
  | { readonly kind: 'refused'; readonly task: number; readonly mistakes: readonly string[] }
  | { readonly kind: 'used'; readonly tasks: readonly TaskReport[] }
  | { readonly kind: 'exited'; readonly task: number; readonly exit: TaskExit };

/** What is new about a running task. */
export interface TaskReport {
  readonly task: number;
  readonly cpuSeconds: number;
  readonly memoryMiB?: number;
  /** Left out where it has not changed. */
  readonly lastOutput?: string;
}
