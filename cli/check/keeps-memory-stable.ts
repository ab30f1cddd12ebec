import { straightLine } from '../../src/math/least-squares';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import { loadOf, type MemorySample } from './checked-load';
import type { CheckedTask } from './checked-task';

/** What limits a heap: a JVM always has a maximum, the others by an option or a variable. */
const HEAP_LIMIT = /^\S*\bjava\b|--max-old-space-size|--max-heap-size/;

/** Assesses the memory of the task while clients kept it busy. */
export async function keepsMemoryStable(task: CheckedTask): Promise<CheckResult> {
  const { memory, servedCount } = await loadOf(task);
  const hasHeapLimit = task.processes.some(({ words }) => HEAP_LIMIT.test(words.join(' ')));
  return assessMemory(memory, task.plan.task.memoryMiB, servedCount, hasHeapLimit);
}

/** Growth is steady if a straight line explains this share of its variation: a heap that the garbage collector empties varies more. */
const STEADY_SHARE = 0.85;

/** Smaller growth is ignored: it is a heap that is still warming up. */
const MIN_GROWTH_MIB = 4;

/** A task whose memory is full sooner than this fails the check; later than this is a warning. */
const MIN_SECONDS_UNTIL_FULL = 90;

/** Assesses the samples of a task: over its limit, growing steadily, or stable. */
export function assessMemory(samples: readonly MemorySample[], limitMiB: number, requests: number, hasHeapLimit = false): CheckResult {
  const [first, last] = [samples[0], samples.at(-1)];
  const isFull = last !== undefined && last.memoryMiB > limitMiB;
  if (first === undefined || last === undefined || (samples.length < 3 && !isFull))
    return skipped('the memory of the task could not be read');
  const seconds = last.atSeconds - first.atSeconds;
  const change = `from ${first.memoryMiB.toFixed(0)} to ${last.memoryMiB.toFixed(0)} of ${limitMiB} MiB in ${seconds.toFixed(0)} s and ${requests} requests`;
  if (isFull) return failed(`${change}: ECS kills a task that exceeds its memory limit`, MORE_MEMORY_FIX);
  const { slope, rSquared } = straightLine(samples.map(({ atSeconds, memoryMiB }) => ({ x: atSeconds, y: memoryMiB })));
  const isGrowing = rSquared >= STEADY_SHARE && slope * seconds >= MIN_GROWTH_MIB;
  if (!isGrowing) return ok(change);
  if (hasHeapLimit) return ok(`${change}, steadily, as a heap does that has a maximum and is not full yet`);
  const secondsUntilFull = (limitMiB - last.memoryMiB) / slope;
  if (secondsUntilFull < MIN_SECONDS_UNTIL_FULL)
    return failed(`${change}, steadily: full in ${secondsUntilFull.toFixed(0)} s at this rate`, RETAINED_MEMORY_FIX);
  return warning(
    `${change}, steadily: full in ${Math.ceil(secondsUntilFull / 60)} min at this rate; a heap that has not reached its steady size looks the same in so short a time`,
    'watch for longer with --thorough; limit what the task retains, such as caches, and its heap',
  );
}

const RETAINED_MEMORY_FIX = 'find what it retains of every request, such as caches without a limit: compare two heap dumps';

/** What to do about a task that was killed under load because it exceeded its memory limit. */
export const OUT_OF_MEMORY_FIX = `raise memoryLimitMiB (for this check: --set memoryLimitMiB=…), or ${RETAINED_MEMORY_FIX}`;

const MORE_MEMORY_FIX = 'raise memoryLimitMiB, or limit its heap to three quarters of the memory of the task';
