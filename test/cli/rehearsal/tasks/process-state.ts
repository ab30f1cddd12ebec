import { spawnSync } from 'node:child_process';

/**
 * The state of a process as `ps` shows it, such as `S` for waiting or `T` for
 * stopped. Nothing when it has ended, also where nobody has collected it yet.
 */
export function processState(processId: number): string | undefined {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' }).stdout.trim()[0];
  return state === 'Z' ? undefined : state;
}
