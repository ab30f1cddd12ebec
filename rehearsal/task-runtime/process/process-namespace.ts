import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { resultOrUndefined } from '../limits/proc-file';

/** Runs a command as process 1 of a PID namespace; the namespace ends with `unshare`. */
const UNSHARE = ['unshare', '--pid', '--fork', '--kill-child'];

/** What a user other than root needs for it, where the kernel permits it. */
const AS_USER = ['--user', '--map-current-user'];

/** The words that run a command as process 1 of a PID namespace. */
export function asProcessOne(words: readonly string[]): string[] {
  return [...unshareWords(), '--', ...words];
}

/** Whether this machine permits PID namespaces. */
export async function permitsProcessNamespaces(): Promise<boolean> {
  const [program, ...args] = [...unshareWords(), '--', 'true'];
  return promisify(execFile)(program!, args).then(
    () => true,
    () => false,
  );
}

/** The process that is process 1 inside, by its id outside. */
export function processOneOf(unshareProcessId: number): number | undefined {
  const children = resultOrUndefined(() => readFileSync(`/proc/${unshareProcessId}/task/${unshareProcessId}/children`, 'latin1'));
  return Number(children?.split(' ')[0]) || undefined;
}

function unshareWords(): string[] {
  return process.getuid?.() === 0 ? UNSHARE : [...UNSHARE, ...AS_USER];
}
