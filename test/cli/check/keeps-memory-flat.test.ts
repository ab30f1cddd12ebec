import { expect, test } from 'vitest';
import { judgeMemory } from '../../../cli/check/keeps-memory-flat';

/** One sample in a second. */
function samples(...memoryMiB: readonly number[]) {
  return memoryMiB.map((value, atSeconds) => ({ atSeconds, memoryMiB: value }));
}

test.each([
  ['stays', samples(60, 61, 60, 61, 60), 'ok', 'from 60 to 60 of 512 MiB in 4 s and 100 requests'],
  ['comes and goes', samples(60, 90, 50, 95, 70), 'ok', 'from 60 to 70 of 512 MiB'],
  ['settles', samples(60, 60.5, 61, 61.5, 62), 'ok', 'from 60 to 62'],
  ['grows slowly', samples(60, 62, 64, 66, 68), 'warning', 'full in 4 min if it goes on'],
  ['grows fast', samples(60, 80, 100, 120, 140), 'failed', 'full in 19 s if it goes on'],
  ['is too much', samples(500, 505, 513), 'failed', 'ECS kills a task that needs more than it has'],
  ['cannot be seen', [], 'not tried', 'the memory of the task could not be seen'],
])('memory that %s', (_, seen, verdict, reason) => {
  expect(judgeMemory(seen, 512, 100)).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
});
