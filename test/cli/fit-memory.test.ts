import { expect, test } from 'vitest';
import { fitMemory } from '../../cli/fit-memory';

/** Points at which so many requests are under way, with so many MiB. */
function points(...seen: readonly (readonly [underWay: number, memoryMiB: number | undefined])[]) {
  return seen.map(([underWay, memoryMiB]) => ({ requestsPerSecond: 10 * underWay, latencySeconds: 0.1, cores: 0, memoryMiB }));
}

test('memory that grows with the requests under way is told apart from the rest', () => {
  const fit = fitMemory(points([1, 63], [4, 72], [10, 90]))!;
  expect(fit.isPerRequestVisible).toBe(true);
  expect(fit.fixedMemoryMiB).toBeCloseTo(60, 6);
  expect(fit.memoryMiBPerConcurrentRequest).toBeCloseTo(3, 6);
});

test.each([
  ['comes and goes', points([1, 60], [4, 80], [10, 62])],
  ['grows by less than a heap that settles', points([1, 79], [4, 79.4], [10, 80])],
  ['falls', points([1, 80], [4, 70], [10, 60])],
  ['was seen twice only', points([1, 60], [4, 80])],
])('memory that %s counts as fixed, at its highest', (_, seen) => {
  expect(fitMemory(seen)).toEqual({ fixedMemoryMiB: 80, memoryMiBPerConcurrentRequest: 0, isPerRequestVisible: false });
});

test('memory that could not be seen is not made up', () => {
  expect(fitMemory(points([1, undefined], [4, undefined]))).toBeUndefined();
});
