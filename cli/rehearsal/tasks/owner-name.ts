import { readFileSync, readlinkSync } from 'node:fs';
import { unlessGone } from './proc-file';

const PREFIX = 'cdk-rehearsal';

/** Stands for the start of a process where it is not known. */
const UNKNOWN = '0';

/** The name of what a process keeps its tasks in. It tells who that is, so that what is left of it is known for that when it has gone. */
export function ownerName(processId = process.pid): string {
  return `${PREFIX}-${processNamespace()}-${processId}-${startTicks(processId) ?? UNKNOWN}`;
}

/** Whether a name is one of those, and its process has ended. Nothing is said of processes that cannot be seen from here. */
export function isOwnerGone(name: string): boolean {
  const [, namespace, processId, ticks] = new RegExp(`^${PREFIX}-(\\d+)-(\\d+)-(\\d+)$`).exec(name) ?? [];
  if (namespace !== processNamespace()) return false;
  return ticks === UNKNOWN ? !isRunning(Number(processId)) : startTicks(Number(processId)) !== ticks;
}

function processNamespace(): string {
  return /\d+/.exec(unlessGone(() => readlinkSync('/proc/self/ns/pid')) ?? '')?.[0] ?? UNKNOWN;
}

/**
 * When a process was started: another one that gets the same number later was not started then. Linux says so.
 * Nothing once it has ended, also where nobody has collected it yet.
 */
function startTicks(processId: number): string | undefined {
  const text = unlessGone(() => readFileSync(`/proc/${processId}/stat`, 'latin1'));
  const [state, ...numbers] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === 'Z' || state === 'X' ? undefined : numbers[18];
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // one of somebody else may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
