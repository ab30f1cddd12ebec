import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Asks `ps` for the CPU seconds that each process has used. One that has ended is left out. */
export async function cpuSecondsByProcess(processIds: readonly number[]): Promise<Map<number, number>> {
  // it fails when one of them has ended, and prints the others all the same.
  const { stdout } = await run('ps', ['-o', 'pid=,time=', '-p', processIds.join(',')]).catch((error: { stdout?: string }) => error);
  return parseProcessStatus(stdout ?? '');
}

/** Reads lines such as `  4711   1:02.50`, in which days, hours and hundredths of a second may be missing. */
export function parseProcessStatus(text: string): Map<number, number> {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(rows.filter(([, time]) => time !== undefined).map(([processId, time]) => [Number(processId), parseSeconds(time!)]));
}

function parseSeconds(time: string): number {
  const [clock, days] = time.split('-').reverse();
  const inClock = clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days ?? 0) * 86_400 + inClock;
}
