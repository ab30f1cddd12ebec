import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const KIBIBYTES_PER_MEBIBYTE = 1024;

/**
 * The memory that a task holds, with everything that it has started: a task leads a process group of its own.
 *
 * What its processes share is counted once for each of them, so that with more than one it is rather too much. Nothing once the task has ended.
 */
export async function groupMemoryMiB(leader: number): Promise<number | undefined> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,rss=']);
  return parseGroupMemory(stdout, leader);
}

/** Reads lines such as `  4711  45056`: a process group, and the KiB of one of its processes. */
export function parseGroupMemory(text: string, leader: number): number | undefined {
  const sizes = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([group]) => group === leader)
    .map(([, kibibytes]) => kibibytes!);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // a process that has ended and was not collected yet holds nothing.
  return total > 0 ? total / KIBIBYTES_PER_MEBIBYTE : undefined;
}
