import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KIBIBYTES_PER_MEBIBYTE } from './memory-units';

const run = promisify(execFile);

/**
 * The memory of every process group of this machine, as `ps` tells it.
 *
 * What the processes of a group share is counted once for each of them, so that with more than one it is rather too much.
 */
export async function memoryByGroupMiB(): Promise<Map<number, number>> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,rss=']);
  return parseGroupMemory(stdout);
}

/** Reads lines such as `  4711  45056`: a process group, and the KiB of one of its processes. One that has ended holds nothing. */
export function parseGroupMemory(text: string): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const line of text.split('\n').filter((words) => words.trim() !== '')) {
    const [group, kibibytes] = line.trim().split(/\s+/).map(Number);
    if (kibibytes! > 0) sizes.set(group!, (sizes.get(group!) ?? 0) + kibibytes! / KIBIBYTES_PER_MEBIBYTE);
  }
  return sizes;
}
