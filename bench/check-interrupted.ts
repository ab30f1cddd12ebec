/**
 * Interrupts the command `check` at random moments, as Ctrl-C does, and looks for what is left behind: processes, control groups, folders.
 *
 *   npm run bundle && npx tsx bench/check-interrupted.ts 200
 *
 * It also prints the CPU and the memory of the command itself, without its supervisor and the task: those of whole runs, the load that it sends included.
 * Four run at a time. The moments are drawn from a seed, so that a run can be repeated.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasOwnerExited } from '../rehearsal/task-runtime/process/owner-id';
import { SeededRandom } from '../src/math/seeded-random';

const COMMAND = join(__dirname, '..', 'lib-cli', 'main.js');
const MARK = `check-interrupted-${process.pid}`;
const MAX_SECONDS = 18;
const AT_ONCE = 4;
const TICKS_PER_SECOND = 100;

const SERVER = `require('node:http').createServer((request, response) => setTimeout(() => response.end('ok'), request.url === '/slow' ? 1000 : 0)).listen(process.env.PORT)`;

async function main(count: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'check-interrupted-'));
  writeFileSync(join(folder, 'server.cjs'), SERVER);
  const before = foldersLeft();
  const random = new SeededRandom(1);
  const moments = Array.from({ length: count }, () => random.uniform() * MAX_SECONDS);
  const exitCodes = new Map<string, number>();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let seconds = moments.shift(); seconds !== undefined; seconds = moments.shift()) {
        const exit = await interruptAfter(seconds, folder);
        exitCodes.set(exit, (exitCodes.get(exit) ?? 0) + 1);
      }
    }),
  );
  await delay(1000);
  const processes = processesWith(MARK);
  const folders = foldersLeft().filter((name) => !before.includes(name));
  rmSync(folder, { recursive: true });
  console.log(`${count} checks interrupted; ended with ${[...exitCodes].map(([exit, times]) => `${exit}: ${times}`).join(', ')}`);
  console.log(`left: ${processes.length} processes, ${folders.length} folders and control groups ${folders.join(' ')}`);
  return processes.length === 0 && folders.length === 0;
}

function start(folder: string): ChildProcess {
  const words = ['check', '--command', `node server.cjs ${MARK}`, '--slow-path', '/slow'];
  return spawn(process.execPath, [COMMAND, ...words], { cwd: folder, stdio: 'ignore' });
}

async function interruptAfter(seconds: number, folder: string): Promise<string> {
  const child = start(folder);
  const exited = once(child, 'exit');
  await Promise.race([exited, delay(1000 * seconds)]);
  const usage = usageOf(child.pid!);
  const isRunning = child.exitCode === null;
  child.kill('SIGINT');
  const [code, signal] = await exited;
  if (isRunning && usage !== undefined && seconds > MAX_SECONDS / 2) usages.push(usage);
  return isRunning ? String(code ?? signal) : `${code} by itself`;
}

const usages: { readonly cores: number; readonly memoryMiB: number }[] = [];

/** The CPU since its start, and the highest memory, of one process. */
function usageOf(processId: number): { cores: number; memoryMiB: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    const uptime = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]);
    const ageSeconds = uptime - Number(fields[19]) / TICKS_PER_SECOND;
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'latin1'))?.[1];
    return { cores: cpuSeconds / ageSeconds, memoryMiB: Number(peak) / 1024 };
  } catch {
    return undefined;
  }
}

function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id) || Number(id) === process.pid) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });
}

/** The folders and control groups that a rehearsal or a check creates. */
function foldersLeft(): string[] {
  const places = [tmpdir(), '/sys/fs/cgroup', '/sys/fs/cgroup/cpu', '/sys/fs/cgroup/memory'];
  return places.flatMap((place) => {
    try {
      return readdirSync(place)
        .filter((name) => name.startsWith('task-output-') || hasOwnerExited(name))
        .map((name) => join(place, name));
    } catch {
      return [];
    }
  });
}

main(Number(process.argv[2] ?? 50)).then((isClean) => {
  const highest = (values: readonly number[]): number => Math.max(0, ...values);
  console.log(
    `the command itself: up to ${highest(usages.map(({ cores }) => cores)).toFixed(2)} of a core, mean ${(usages.reduce((sum, { cores }) => sum + cores, 0) / usages.length).toFixed(2)}, up to ${highest(usages.map(({ memoryMiB }) => memoryMiB)).toFixed(0)} MiB`,
  );
  process.exitCode = isClean ? 0 : 1;
});
