/** How a task ended. */
export interface TaskExit {
  /** What it exited with, unless a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether it was killed because it needed more memory than it has; ECS says OutOfMemoryError then. */
  readonly isOutOfMemory: boolean;
  /** The last lines it wrote. */
  readonly lastOutput: string;
}

/** How a task ended, such as `exit code 3`, to follow on "ended with". */
export function exitInWords({ code, signal, isOutOfMemory }: Omit<TaskExit, 'lastOutput'>): string {
  if (isOutOfMemory) return 'exit code 137, OutOfMemoryError: it needed more memory than it has';
  return signal ?? `exit code ${code}`;
}
