import type { TaskCommand } from './task-command';
import type { TaskExit } from './task-exit';

/** What the tool asks of the keeper. A task is named by the number that the tool gave it. */
export type TaskRequest =
  | { readonly kind: 'run'; readonly task: number; readonly command: TaskCommand; readonly vcpu: number }
  | { readonly kind: 'signal'; readonly task: number; readonly signal: NodeJS.Signals }
  | { readonly kind: 'stop'; readonly task: number; readonly stopTimeoutSeconds: number };

/** What the keeper tells the tool. */
export type KeeperNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly task: number; readonly processId: number }
  | { readonly kind: 'refused'; readonly task: number; readonly code: string }
  | { readonly kind: 'used'; readonly tasks: readonly TaskReport[] }
  | { readonly kind: 'exited'; readonly task: number; readonly exit: TaskExit };

/** What is new about a running task. */
export interface TaskReport {
  readonly task: number;
  readonly cpuSeconds: number;
  /** Left out where it has not changed. */
  readonly lastOutput?: string;
}
