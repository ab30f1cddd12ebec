import { expect, test } from 'vitest';
import { hasSettled, warmUpUntilSettled } from '../../../rehearsal/measure/warm-up';

/** The costs of a program whose just-in-time compiler works with a time constant, one each second. */
function compiled(timeConstantSeconds: number, seconds: number): number[] {
  return Array.from({ length: seconds }, (_, second) => 0.09 + 0.26 * Math.exp(-second / timeConstantSeconds));
}

test('a cost that does not change has settled after twelve measurements', () => {
  expect(hasSettled(Array(11).fill(1))).toBe(false);
  expect(hasSettled(Array(12).fill(1))).toBe(true);
  expect(hasSettled([1, 1.04, 0.98, 1.02, 1, 0.97, 1, 1.04, 0.98, 1.02, 1, 0.97])).toBe(true);
});

test.each([3, 10, 20, 40])(
  'follows the cost of a just-in-time compiler of %s s until it is close to its last one',
  (timeConstantSeconds) => {
    let seconds = 0;
    while (!hasSettled(compiled(timeConstantSeconds, seconds))) seconds++;
    const costs = compiled(timeConstantSeconds, seconds);
    expect(costs.at(-1)! / 0.09).toBeLessThan(1.1);
  },
);

test('ends at the maximum, and says that the cost had not settled', async () => {
  let cost = 1;
  const measure = async () => {
    cost *= 0.8;
    return { requestsPerSecond: 1, usedVcpu: cost, latencySeconds: 0 };
  };
  const { isSettled, firstCpuSecondsPerRequest, lastCpuSecondsPerRequest } = await warmUpUntilSettled(measure, {
    windowSeconds: 0,
    maxSeconds: 0.01,
  });
  expect(isSettled).toBe(false);
  expect(firstCpuSecondsPerRequest).toBe(0.8);
  expect(lastCpuSecondsPerRequest).toBeLessThan(firstCpuSecondsPerRequest);
});
