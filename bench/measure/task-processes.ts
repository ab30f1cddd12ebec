import { readdirSync, readFileSync } from 'node:fs';

/** The unit of CPU time in /proc/<pid>/stat, the same on every Linux. */
const TICKS_PER_SECOND = 100;

/**
 * The ids of the processes of a task: those that were started with its port in their environment variable PORT, and their descendants, which may
 * have overwritten their environment with a title.
 */
export function processesOfPort(port: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((processId) => [processId, parentOf(processId)]));
  const roots = new Set(all.filter((processId) => readOrEmpty(`/proc/${processId}/environ`).split('\0').includes(`PORT=${port}`)));
  const isOfTask = (processId: number | undefined): boolean =>
    processId !== undefined && processId > 1 && (roots.has(processId) || isOfTask(parents.get(processId)));
  return all.filter(isOfTask);
}

/** The field ppid, which is the second after the name in parentheses. */
function parentOf(processId: number): number {
  return Number(readOrEmpty(`/proc/${processId}/stat`).split(') ').at(-1)?.split(' ')[1] ?? 0);
}

/**
 * The CPU time of processes and of their children that have exited, as the kernel counts it in /proc: independent of how the
 * product reads it.
 */
export function cpuSecondsOf(processIds: readonly number[]): number {
  return processIds.reduce((sum, processId) => sum + ticksOf(processId), 0) / TICKS_PER_SECOND;
}

/** The fields utime, stime, cutime and cstime, which are 14 to 17, after the name in parentheses. */
function ticksOf(processId: number): number {
  const fields = readOrEmpty(`/proc/${processId}/stat`).split(') ').at(-1)!.split(' ');
  return fields.length < 15 ? 0 : fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
