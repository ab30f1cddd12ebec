import type { TaskExit } from './task-exit';

/** A task that has been started. */
export interface TaskProcess {
  readonly processId: number;

  /** Settles when its process has ended, for whatever reason. */
  readonly exited: Promise<TaskExit>;

  /** CPU seconds used since its start, as of the last report. Reports come ten times a second. */
  readonly cpuSeconds: number;

  /** The last lines that it wrote, as of the last report. */
  readonly lastOutput: string;

  /** SIGTERM now, SIGKILL after so many seconds of the wall clock. */
  stop(stopTimeoutSeconds: number): Promise<TaskExit>;

  /** SIGSTOP freezes the task until SIGCONT, whatever its quota would allow; every other signal goes to its process. */
  signal(signal: NodeJS.Signals): void;
}
