import { readFileSync, readlinkSync } from 'node:fs';
import { resultOrUndefined } from '../limits/proc-file';

const PREFIX = 'cdk-rehearsal';

/** Used if the start time or the PID namespace of a process is not known. */
const UNKNOWN = '0';

/**
 * The identity of a process that owns something: its PID namespace, its process ID, and the start time of its process. The control groups,
 * containers and folders of the tasks of a supervisor are named after it, and the folders of a command after that, so that they can be
 * found and removed once it has exited.
 */
export function ownerId(processId = process.pid): string {
  return `${PREFIX}-${processNamespace()}-${processId}-${startTicks(processId) ?? UNKNOWN}`;
}

/** Whether a name is that of an owner that has exited, or of one of its temporary folders. False for a process of another PID namespace, which is not visible here. */
export function hasOwnerExited(name: string): boolean {
  const [, namespace, processId, ticks] = new RegExp(`^${PREFIX}-(\\d+)-(\\d+)-(\\d+)(?:-\\w{6})?$`).exec(name) ?? [];
  if (namespace !== processNamespace()) return false;
  return ticks === UNKNOWN ? !isRunning(Number(processId)) : startTicks(Number(processId)) !== ticks;
}

function processNamespace(): string {
  return /\d+/.exec(resultOrUndefined(() => readlinkSync('/proc/self/ns/pid')) ?? '')?.[0] ?? UNKNOWN;
}

/**
 * When a process was started, from /proc on Linux: a later process with the same id has another start time. Undefined once it has
 * exited, even if it still is a zombie.
 */
function startTicks(processId: number): string | undefined {
  const text = resultOrUndefined(() => readFileSync(`/proc/${processId}/stat`, 'latin1'));
  const [state, ...numbers] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === 'Z' || state === 'X' ? undefined : numbers[18];
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // a process of another user exists but may not be signalled.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
