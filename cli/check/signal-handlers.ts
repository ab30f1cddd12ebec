import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { resultOrUndefined } from '../../rehearsal/task-runtime/limits/proc-file';

/**
 * Whether a process has a handler for a signal, as `SigCgt` of `/proc/PID/status` reports it. The kernel drops a signal to process 1 of a
 * container for which it has none: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html. Undefined if it is not known.
 */
export function handlesSignal(processId: number | undefined, signal: NodeJS.Signals): boolean | undefined {
  const mask = /^SigCgt:\s*([0-9a-f]+)/m.exec(statusOf(processId))?.[1];
  return mask === undefined ? undefined : ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
}

/** The name of the program of a process, such as `sh`; undefined if it is not known. */
export function programName(processId: number | undefined): string | undefined {
  return /^Name:\s*(\S+)/m.exec(statusOf(processId))?.[1];
}

function statusOf(processId: number | undefined): string {
  return (processId === undefined ? undefined : resultOrUndefined(() => readFileSync(`/proc/${processId}/status`, 'latin1'))) ?? '';
}
