import { expect, test } from 'vitest';
import { assessMemory } from '../../../cli/check/keeps-memory-stable';

/** One sample each second. */
function samples(...memoryMiB: readonly number[]) {
  return memoryMiB.map((value, atSeconds) => ({ atSeconds, memoryMiB: value }));
}

test.each([
  ['stays', samples(60, 61, 60, 61, 60), 'ok', 'from 60 to 60 of 512 MiB in 4 s and 100 requests'],
  ['comes and goes', samples(60, 90, 50, 95, 70), 'ok', 'from 60 to 70 of 512 MiB'],
  ['settles', samples(60, 60.5, 61, 61.5, 62), 'ok', 'from 60 to 62'],
  ['grows slowly', samples(60, 62, 64, 66, 68), 'warning', 'full in 4 min at this rate'],
  ['grows fast', samples(60, 80, 100, 120, 140), 'failed', 'full in 19 s at this rate'],
  ['exceeds its limit', samples(500, 505, 513), 'failed', 'ECS kills a task that exceeds its memory limit'],
  ['cannot be read', [], 'skipped', 'the memory of the task could not be read'],
])('memory that %s', (_, observed, status, reason) => {
  expect(assessMemory(observed, 512, 100)).toMatchObject({ status, reason: expect.stringContaining(reason) });
});

test('a heap that has a maximum and grows towards it does not fill the memory of the task', () => {
  const growing = samples(158, 160, 162, 164, 166);
  expect(assessMemory(growing, 512, 5000).status).toBe('warning');
  expect(assessMemory(growing, 512, 5000, true)).toMatchObject({ status: 'ok', reason: expect.stringContaining('has a maximum') });
});
