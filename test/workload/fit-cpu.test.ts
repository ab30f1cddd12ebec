import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitCpu } from '../../src/workload/fit-cpu';

test('finds the line that the points lie on', () => {
  const cost = fc.double({ min: 0.0001, max: 0.01, noNaN: true });
  const fixed = fc.double({ min: 0, max: 0.1, noNaN: true });
  fc.assert(
    fc.property(cost, fixed, (cpuSecondsPerRequest, idleVcpu) => {
      const points = [10, 50, 100].map((requestsPerSecond) => ({
        requestsPerSecond,
        usedVcpu: idleVcpu + cpuSecondsPerRequest * requestsPerSecond,
      }));
      const fit = fitCpu(points);
      expect(fit.cpuSecondsPerRequest).toBeCloseTo(cpuSecondsPerRequest, 9);
      expect(fit.idleVcpu).toBeCloseTo(idleVcpu, 9);
      expect(fit.maxResidualVcpu).toBeCloseTo(0, 9);
    }),
  );
});

test('says how far the worst point is off', () => {
  const points = [
    { requestsPerSecond: 0, usedVcpu: 0 },
    { requestsPerSecond: 100, usedVcpu: 0.2 },
    { requestsPerSecond: 200, usedVcpu: 0.2 },
  ];
  expect(fitCpu(points).maxResidualVcpu).toBeCloseTo(0.0667, 3);
});
