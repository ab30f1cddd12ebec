/** Sends a signal to every process of the group that a process leads. */
export function signalGroup(processId: number, signal: NodeJS.Signals): void {
  signalProcess(-processId, signal);
}

/**
 * Sends a signal to one process.
 *
 * That it has ended already is no failure: macOS says so of a group with EPERM
 * while what is left of it has not been collected yet.
 */
export function signalProcess(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Ends every process of a group, whatever it is doing and even where it is stopped. */
export function killGroup(processId: number): void {
  signalGroup(processId, 'SIGCONT');
  signalGroup(processId, 'SIGKILL');
}
