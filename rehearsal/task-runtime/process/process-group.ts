/** Sends a signal to every process of the process group that a process leads. */
export function signalGroup(processId: number, signal: NodeJS.Signals): void {
  signalProcess(-processId, signal);
}

/**
 * Sends a signal to one process.
 *
 * Does nothing if the process has exited. macOS reports EPERM for a process group whose last processes are zombies.
 */
export function signalProcess(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Kills every process of a group, including stopped ones. */
export function killGroup(processId: number): void {
  signalGroup(processId, 'SIGCONT');
  signalGroup(processId, 'SIGKILL');
}
