import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presence, stretch } from '../../src/forecast/processor-sharing';

/** The mean number in M/M/m by the recursion of Erlang B and the step from B to C. */
function numberByErlangC(busyCores: number, cores: number): number {
  let blocked = 1;
  for (let count = 1; count <= cores; count++) blocked = (busyCores * blocked) / (count + busyCores * blocked);
  const utilization = busyCores / cores;
  const waits = blocked / (1 - utilization * (1 - blocked));
  return busyCores + (waits * utilization) / (1 - utilization);
}

describe('the number of requests that a task works on', () => {
  test.each([1, 2, 4, 8, 16])('with %d cores is what Erlang C says, at any utilization', (cores) => {
    for (const utilization of [0.01, 0.3, 0.6, 0.9, 0.99]) {
      expect(presence(utilization * cores, cores).mean).toBeCloseTo(numberByErlangC(utilization * cores, cores), 9);
    }
  });

  test.each([0.25, 0.5, 1])('with %d of a core is that of M/G/1 with processor sharing', (cores) => {
    for (const utilization of [0.1, 0.5, 0.9]) {
      expect(presence(utilization * cores, cores).mean).toBeCloseTo(utilization / (1 - utilization), 9);
    }
  });

  test('is a number on the largest machine', () => {
    expect(presence(4500, 5000).mean).toBeCloseTo(4500, 3);
  });

  test('with a part of a core more lies between the whole numbers', () => {
    const [less, between, more] = [2, 2.5, 3].map((cores) => presence(1.5, cores).mean);
    expect(between!).toBeLessThan(less!);
    expect(between!).toBeGreaterThan(more!);
  });

  test('is spread over chances that sum up to 1 with their tail', () => {
    const { chances } = presence(1.8, 2);
    const tail = (chances.at(-1)! * 0.9) / (1 - 0.9);
    expect(chances.reduce((sum, chance) => sum + chance, tail)).toBeCloseTo(1, 12);
  });
});

test('a request that is alone stays its CPU time, or longer on less than a core', () => {
  expect([0.25, 1, 4].map((cores) => stretch(0, cores))).toEqual([4, 1, 1]);
  expect(stretch(1e-9, 4)).toBeCloseTo(1, 6);
});

test('the more arrives, the longer a request stays', () => {
  const share = fc.double({ min: 0, max: 0.995, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.1, max: 32, noNaN: true }), (one, other, cores) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      expect(stretch(more * cores, cores)).toBeGreaterThanOrEqual(stretch(less * cores, cores) * (1 - 1e-12));
    }),
  );
});
