import { expect, test } from 'vitest';
import { fitMemory } from '../../../cli/output/fit-measurement';

/** Points with a number of concurrent requests and a memory. */
function points(...pairs: readonly (readonly [concurrentRequests: number, memoryMiB: number | undefined])[]) {
  return pairs.map(([concurrentRequests, memoryMiB]) => ({
    requestsPerSecond: 10 * concurrentRequests,
    latencySeconds: 0.1,
    usedVcpu: 0,
    memoryMiB,
  }));
}

test('separates memory that grows with concurrent requests from idle memory', () => {
  const fit = fitMemory(points([1, 63], [4, 72], [10, 90]))!;
  expect(fit.isRequestMemoryVisible).toBe(true);
  expect(fit.idleMemoryMiB).toBeCloseTo(60, 6);
  expect(fit.memoryMiBPerConcurrentRequest).toBeCloseTo(3, 6);
});

test.each([
  ['comes and goes', points([1, 60], [4, 80], [10, 62])],
  ['grows by less than a heap that settles', points([1, 79], [4, 79.4], [10, 80])],
  ['falls', points([1, 80], [4, 70], [10, 60])],
  ['was measured only twice', points([1, 60], [4, 80])],
])('memory that %s counts as idle memory, at its highest', (_, measured) => {
  expect(fitMemory(measured)).toEqual({ idleMemoryMiB: 80, memoryMiBPerConcurrentRequest: 0, isRequestMemoryVisible: false });
});

test('reports no memory if none was measured', () => {
  expect(fitMemory(points([1, undefined], [4, undefined]))).toBeUndefined();
});
