/** How a task ended. */
export interface TaskExit {
  /** What it exited with, unless a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines it wrote. */
  readonly lastOutput: string;
}
