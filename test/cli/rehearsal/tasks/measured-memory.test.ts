import { expect, test } from 'vitest';
import { measuredMemoryMiB } from '../../../../cli/rehearsal/tasks/measured-memory';

test.runIf(process.platform === 'linux')('the memory of a process is about what it knows of itself', () => {
  const own = process.memoryUsage().rss / 2 ** 20;
  const seen = measuredMemoryMiB([process.pid])!;
  expect(seen).toBeGreaterThan(0.7 * own);
  expect(seen).toBeLessThan(1.5 * own);
});

test('nobody holds nothing', () => {
  expect(measuredMemoryMiB([2 ** 22 + 1])).toBeUndefined();
});
