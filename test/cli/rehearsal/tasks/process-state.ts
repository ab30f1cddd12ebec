import { execFileSync, spawnSync } from 'node:child_process';

/**
 * The state of a process as `ps` shows it, such as `S` for waiting or `T` for
 * stopped. Nothing when it has ended, also where nobody has collected it yet.
 */
export function processState(processId: number): string | undefined {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' }).stdout.trim()[0];
  return state === 'Z' ? undefined : state;
}

/** The processes with some words in their command. */
export function processesNamed(words: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(words) && !/^\s*\d+\s+Z/.test(line));
}

/** The processes that a process has started and still has, and those that they have started. */
export function descendantsOf(processId: number): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = list.map((line) => line.trim().split(/\s+/).map(Number));
  const descendants = (parent: number): number[] => pairs.flatMap(([child, of]) => (of === parent ? [child!, ...descendants(child!)] : []));
  return descendants(processId);
}
