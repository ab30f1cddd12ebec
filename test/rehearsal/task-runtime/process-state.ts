import { execFileSync, spawnSync } from 'node:child_process';

/**
 * The state of a process as `ps` shows it, such as `S` for waiting or `T` for
 * stopped. Undefined when it has ended, including zombies.
 */
export function processState(processId: number): string | undefined {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' }).stdout.trim()[0];
  return state === 'Z' ? undefined : state;
}

/** The processes whose command contains a text. */
export function processesNamed(text: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
}

/** The descendants of a process that still run. */
export function descendantsOf(processId: number): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = list.map((line) => line.trim().split(/\s+/).map(Number));
  const descendants = (parent: number): number[] => pairs.flatMap(([child, of]) => (of === parent ? [child!, ...descendants(child!)] : []));
  return descendants(processId);
}
