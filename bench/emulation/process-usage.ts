import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, in which Linux counts CPU. */
const TICKS_PER_SECOND = 100;
const BYTES_PER_MIB = 1024 * 1024;
const PAGE_BYTES = 4096;

/** What a process and all that it has started use. */
export interface Usage {
  /** Since each was started; with those that have ended. */
  readonly cpuSeconds: number;
  readonly residentMiB: number;
}

interface ProcessStat {
  readonly id: number;
  readonly parentId: number;
  readonly cpuSeconds: number;
  readonly residentMiB: number;
  readonly command: string;
}

/**
 * Reads the usage of a process and its descendants, on Linux.
 *
 * @param isCounted leaves out what has another command.
 */
export function usageOf(processId: number, isCounted: (command: string) => boolean = () => true): Usage {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined);
  const counted: ProcessStat[] = [];
  let parents = new Set([processId]);
  counted.push(...all.filter(({ id }) => id === processId));
  while (parents.size > 0) {
    const children = all.filter(({ parentId }) => parents.has(parentId));
    counted.push(...children);
    parents = new Set(children.map(({ id }) => id));
  }
  const used = counted.filter(({ command }) => isCounted(command));
  const sum = (value: (stat: ProcessStat) => number): number => used.reduce((total, stat) => total + value(stat), 0);
  return { cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds), residentMiB: sum(({ residentMiB }) => residentMiB) };
}

/** Undefined if it has ended meanwhile. */
function readStat(id: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // utime, stime, cutime and cstime: with children that have ended.
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return {
      id,
      parentId: Number(fields[1]),
      cpuSeconds: ticks / TICKS_PER_SECOND,
      residentMiB: (Number(fields[21]) * PAGE_BYTES) / BYTES_PER_MIB,
      command,
    };
  } catch {
    return undefined;
  }
}
