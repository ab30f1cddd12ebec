import type { TaskSize } from '../../../src/plan/task-size';
import type { TaskExit } from '../task-runtime';
import type { TaskLaunch } from './supervised-task';

/** An action on a task that has no parameters. */
export type TaskAction = 'kill' | 'pause' | 'unpause' | 'exhaust-memory';

/** A message to the supervisor. The sender chooses `taskNumber`. */
export type SupervisorCommand =
  | { readonly kind: 'run'; readonly taskNumber: number; readonly launch: TaskLaunch; readonly size: TaskSize }
  | { readonly kind: 'stop'; readonly taskNumber: number; readonly stopTimeoutSeconds: number }
  | { readonly kind: 'set-speed'; readonly taskNumber: number; readonly relativeSpeed: number; readonly cpuShare: number }
  | { readonly kind: TaskAction; readonly taskNumber: number };

/** A message from the supervisor. */
export type SupervisorEvent =
  | { readonly kind: 'ready'; readonly description: string }
  | { readonly kind: 'unsupported'; readonly errors: readonly string[] }
  | { readonly kind: 'started'; readonly taskNumber: number; readonly processId: number }
  | { readonly kind: 'not-started'; readonly taskNumber: number; readonly errors: readonly string[] }
  | { readonly kind: 'usage'; readonly tasks: readonly TaskReport[] }
  | { readonly kind: 'exited'; readonly taskNumber: number; readonly exit: TaskExit };

/** The state of a running task. */
export interface TaskReport {
  readonly taskNumber: number;
  readonly cpuSeconds: number;
  readonly memoryMiB?: number;
  /** Undefined if it has not changed since the last report. */
  readonly lastOutput?: string;
  /** What it has written since the last report; undefined if that is nothing, or if output is not captured. */
  readonly newOutput?: string;
}
