import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentilesOverRun, slowShare } from '../../src/run/latency-over-run';

/** Minutes with a rate and an exponential distribution above a base, in milliseconds. */
function minutes(...each: { rate: number; base: number; mean: number }[]) {
  return each.map(({ rate, base, mean }, index) => ({
    atSeconds: 60 * (index + 1),
    servedRequestsPerSecond: rate,
    p50Millis: base + Math.LN2 * mean,
    p95Millis: base + Math.log(20) * mean,
    p99Millis: base + Math.log(100) * mean,
  }));
}

describe('the slow share of a run', () => {
  test.each([
    ['0 above every latency', 1000, 0],
    ['one in 20 beyond the 95th percentile', 30 + 10 * Math.log(20), 0.05],
    ['one in 100 beyond the 99th percentile', 30 + 10 * Math.log(100), 0.01],
    ['one in 1,000 where an exponential distribution has it', 30 + 10 * Math.log(1000), 0.001],
    ['half beyond the median', 30 + 10 * Math.LN2, 0.5],
    ['1 below the base', 29.9, 1],
  ])('is %s', (_, limit, share) => {
    expect(slowShare(minutes({ rate: 5, base: 30, mean: 10 }), limit)).toBeCloseTo(share, 9);
  });

  test('weighs minutes by their responses', () => {
    const rows = minutes({ rate: 90, base: 10, mean: 0 }, { rate: 10, base: 500, mean: 0 });
    expect(slowShare(rows, 100)).toBeCloseTo(0.1, 9);
  });

  test('of a run without responses is 0, and there is no percentile', () => {
    const rows = [{ atSeconds: 60, servedRequestsPerSecond: 0 }];
    expect(slowShare(rows, 100)).toBe(0);
    expect(percentilesOverRun(rows).p95Millis).toBeUndefined();
    expect(percentilesOverRun([]).p95Millis).toBeUndefined();
  });
});

test('the percentile of a run of equal minutes is theirs', () => {
  expect(percentilesOverRun(minutes({ rate: 7, base: 30, mean: 10 }, { rate: 9, base: 30, mean: 10 })).p95Millis).toBeCloseTo(
    30 + 10 * Math.log(20),
    6,
  );
});

test('the 99th percentile of a run of two minutes is where the mixture of their distributions has it', () => {
  const rows = minutes({ rate: 30, base: 10, mean: 10 }, { rate: 10, base: 10, mean: 40 });
  const p99 = percentilesOverRun(rows).p99Millis!;
  expect(0.75 * Math.exp(-(p99 - 10) / 10) + 0.25 * Math.exp(-(p99 - 10) / 40)).toBeCloseTo(0.01, 9);
});

test('a tail that is heavier beyond the 95th percentile is known from the 99th', () => {
  const [row] = minutes({ rate: 10, base: 0, mean: 10 });
  const heavy = { ...row!, p99Millis: 200 };
  expect(percentilesOverRun([heavy]).p99Millis).toBe(200);
  expect(slowShare([heavy], 200)).toBeCloseTo(0.01, 9);
  expect(slowShare([heavy], heavy.p95Millis)).toBeCloseTo(0.05, 9);
  const { p99Millis: _, ...unknown } = row!;
  expect(percentilesOverRun([unknown]).p99Millis).toBeCloseTo(10 * Math.log(100), 6);
});

test('a slow minute changes the percentile once it has more than 5 of 100 responses', () => {
  const run = (slow: number) =>
    percentilesOverRun(minutes({ rate: 100 - slow, base: 10, mean: 0 }, { rate: slow, base: 500, mean: 0 })).p95Millis;
  expect(run(4)).toBeCloseTo(10, 6);
  expect(run(6)).toBeCloseTo(500, 6);
});

test('the percentile is between those of the fastest and the slowest minute', () => {
  const minute = fc.record({
    rate: fc.double({ min: 0.1, max: 1000, noNaN: true }),
    base: fc.double({ min: 0, max: 100, noNaN: true }),
    mean: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(minute, { minLength: 1, maxLength: 20 }), (each) => {
      const rows = minutes(...each);
      for (const name of ['p95', 'p99'] as const) {
        const percentiles = rows.map((row) => row[`${name}Millis`]);
        expect(percentilesOverRun(rows)[`${name}Millis`]).toBeGreaterThanOrEqual(Math.min(...percentiles) - 1e-6);
        expect(percentilesOverRun(rows)[`${name}Millis`]).toBeLessThanOrEqual(Math.max(...percentiles));
      }
    }),
  );
});
