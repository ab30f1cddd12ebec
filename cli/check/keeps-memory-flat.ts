import { setTimeout as pass } from 'node:timers/promises';
import { straightLine } from '../../src/scenario/straight-line';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok, warning } from './finding';
import { Users } from './users';

const WATCH_SECONDS = 8;
const THOROUGH_SECONDS = 50;
const PAUSE_MILLIS = 400;

/** Watches the memory of the task while users keep it busy. */
export async function keepsMemoryFlat(task: CheckedTask): Promise<Finding> {
  const users = new Users(task.port, task.parts.paths);
  const seconds = task.parts.isThorough ? THOROUGH_SECONDS : WATCH_SECONDS;
  const samples = await watch(task, seconds);
  await users.leave();
  return judgeMemory(samples, task.plan.task.memoryMiB, users.answered);
}

/** The memory of a task at a moment. */
export interface MemorySample {
  readonly atSeconds: number;
  readonly memoryMiB: number;
}

/** Growth that a straight line explains so well is no heap that comes and goes. */
const STEADY_SHARE = 0.85;

/** Less growth than this is a heap that settles. */
const LEAST_GROWTH_MIB = 4;

/** A task whose memory is full so soon does not live through a minute of such a load. */
const SOON_SECONDS = 90;

/** What a watch over the memory says of it. */
export function judgeMemory(samples: readonly MemorySample[], limitMiB: number, requests: number): Finding {
  if (samples.length < 3) return notTried('the memory of the task could not be seen');
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const seconds = last.atSeconds - first.atSeconds;
  const seen = `from ${first.memoryMiB.toFixed(0)} to ${last.memoryMiB.toFixed(0)} of ${limitMiB} MiB in ${seconds.toFixed(0)} s and ${requests} requests`;
  if (last.memoryMiB > limitMiB) return failed(`${seen}: ECS kills a task that needs more than it has`, moreMemory);
  const { slope, explainedShare } = straightLine(samples.map(({ atSeconds, memoryMiB }) => ({ x: atSeconds, y: memoryMiB })));
  const isGrowing = explainedShare >= STEADY_SHARE && slope * seconds >= LEAST_GROWTH_MIB;
  if (!isGrowing) return ok(seen);
  const fullSeconds = (limitMiB - last.memoryMiB) / slope;
  if (fullSeconds < SOON_SECONDS) return failed(`${seen}, steadily: full in ${fullSeconds.toFixed(0)} s if it goes on`, freeMemory);
  return warning(
    `${seen}, steadily: full in ${Math.ceil(fullSeconds / 60)} min if it goes on; a heap that still settles looks the same for so short a time`,
    'look for longer with --thorough; bound what is kept: caches, lists of listeners, the heap (node --max-old-space-size)',
  );
}

const freeMemory = 'find what it keeps of every request: caches without a bound, listeners, closures; two heap snapshots show it';

/** What to do about a task that was killed for its memory while it was kept busy. */
export const OUT_OF_MEMORY_FIX = `raise memoryLimitMiB, here --set memoryLimitMiB=…, or ${freeMemory}`;

const moreMemory = 'give it more memory, or tell its runtime how much there is: node --max-old-space-size, three quarters of the task';

async function watch(task: CheckedTask, seconds: number): Promise<MemorySample[]> {
  const startedAtMillis = performance.now();
  const samples: MemorySample[] = [];
  for (;;) {
    const { memoryMiB } = task.process;
    const atSeconds = (performance.now() - startedAtMillis) / 1000;
    if (memoryMiB !== undefined) samples.push({ atSeconds, memoryMiB });
    const isFull = memoryMiB !== undefined && memoryMiB > task.plan.task.memoryMiB;
    if (isFull || task.hasEnded || atSeconds >= seconds) return samples;
    await pass(PAUSE_MILLIS);
  }
}
