import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestsInService, slowdown } from '../../../src/simulation/queueing/processor-sharing';

/** The mean number in M/M/m by the recursion of Erlang B and the step from B to C. */
function numberByErlangC(busyCores: number, cores: number): number {
  let blocked = 1;
  for (let count = 1; count <= cores; count++) blocked = (busyCores * blocked) / (count + busyCores * blocked);
  const utilization = busyCores / cores;
  const waits = blocked / (1 - utilization * (1 - blocked));
  return busyCores + (waits * utilization) / (1 - utilization);
}

describe('the number of requests in service at a task', () => {
  test.each([1, 2, 4, 8, 16])('with %d cores is that of Erlang C, at any utilization', (cores) => {
    for (const utilization of [0.01, 0.3, 0.6, 0.9, 0.99]) {
      expect(requestsInService(utilization * cores, cores).mean).toBeCloseTo(numberByErlangC(utilization * cores, cores), 9);
    }
  });

  test.each([0.25, 0.5, 1])('with %d of a core is that of M/G/1 with processor sharing', (cores) => {
    for (const utilization of [0.1, 0.5, 0.9]) {
      expect(requestsInService(utilization * cores, cores).mean).toBeCloseTo(utilization / (1 - utilization), 9);
    }
  });

  test('is finite on the largest machine', () => {
    expect(requestsInService(4500, 5000).mean).toBeCloseTo(4500, 3);
  });

  test('with a fraction of a core is between the whole numbers', () => {
    const [less, between, more] = [2, 2.5, 3].map((cores) => requestsInService(1.5, cores).mean);
    expect(between!).toBeLessThan(less!);
    expect(between!).toBeGreaterThan(more!);
  });

  test('has probabilities that sum up to 1 with their tail', () => {
    const { probabilities } = requestsInService(1.8, 2);
    const tail = (probabilities.at(-1)! * 0.9) / (1 - 0.9);
    expect(probabilities.reduce((sum, probability) => sum + probability, tail)).toBeCloseTo(1, 12);
  });
});

test('a request that is alone takes its CPU time, or longer on less than a core', () => {
  expect([0.25, 1, 4].map((cores) => slowdown(0, cores))).toEqual([4, 1, 1]);
  expect(slowdown(1e-9, 4)).toBeCloseTo(1, 6);
});

test('the higher the rate, the longer a request takes', () => {
  const share = fc.double({ min: 0, max: 0.995, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.1, max: 32, noNaN: true }), (one, other, cores) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      expect(slowdown(more * cores, cores)).toBeGreaterThanOrEqual(slowdown(less * cores, cores) * (1 - 1e-12));
    }),
  );
});
