import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { readProcessIds } from './control-group-files';
import { isOwnerGone } from './owner-name';
import { unlessGone } from './proc-file';
import { signalProcess } from './process-group';

const PAUSE_MILLIS = 5;
const MOST_PAUSES = 100;

/** Removes a control group with all inside it, and ends what still runs there. Returns whether it is gone, which may take a moment. */
export function removeControlGroup(folder: string): boolean {
  for (let pauses = 0; existsSync(folder) && pauses < MOST_PAUSES; pauses++) {
    if (!tryToRemove(folder)) pause();
  }
  return !existsSync(folder);
}

/** Removes a control group where nothing runs in it any more. */
export function tryToRemove(folder: string): boolean {
  const inner = unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  for (const entry of inner.filter((candidate) => candidate.isDirectory())) tryToRemove(join(folder, entry.name));
  for (const processId of readProcessIds(folder)) signalProcess(processId, 'SIGKILL');
  unlessGone(() => rmdirSync(folder));
  return !existsSync(folder);
}

/** Removes what was left behind by others, whose end nobody has survived to clean up. */
export function sweepControlGroups(parents: readonly string[]): void {
  for (const parent of parents) {
    for (const name of unlessGone(() => readdirSync(parent)) ?? []) if (isOwnerGone(name)) removeControlGroup(join(parent, name));
  }
}

/** Waits without doing anything else: what ends a process may not wait for events any more. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLIS);
}
