import { readFileSync, readlinkSync } from 'node:fs';
import { unlessGone } from './proc-file';

const PREFIX = 'cdk-rehearsal';

/** The name of the control group that a process keeps its tasks in: that process is in it, so that it is known when it has gone. */
export function ownedName(processId = process.pid): string {
  return `${PREFIX}-${processNamespace()}-${processId}-${startTicks(processId)}`;
}

/** Whether a name is one of those, and its process has ended. Nothing is said of processes that cannot be seen from here. */
export function isOwnerGone(name: string): boolean {
  const [, namespace, processId, ticks] = new RegExp(`^${PREFIX}-(\\d+)-(\\d+)-(\\d+)$`).exec(name) ?? [];
  return namespace === processNamespace() && startTicks(Number(processId)) !== ticks;
}

function processNamespace(): string {
  return /\d+/.exec(unlessGone(() => readlinkSync('/proc/self/ns/pid')) ?? '')?.[0] ?? '0';
}

/** When a process was started: another one that gets the same number later was not started then. */
function startTicks(processId: number): string | undefined {
  const text = unlessGone(() => readFileSync(`/proc/${processId}/stat`, 'latin1'));
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
