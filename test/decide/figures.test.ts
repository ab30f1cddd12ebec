import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { p95OverRun, slowShare } from '../../src/decide/figures';

/** Minutes with a rate and an exponential distribution above a base, in milliseconds. */
function minutes(...each: { rate: number; base: number; mean: number }[]) {
  return each.map(({ rate, base, mean }, index) => ({
    atSeconds: 60 * (index + 1),
    servedRequestsPerSecond: rate,
    p50Millis: base + Math.LN2 * mean,
    p95Millis: base + Math.log(20) * mean,
  }));
}

describe('the slow share of a run', () => {
  test.each([
    ['0 above every latency', 1000, 0],
    ['one in 20 beyond the 95th percentile', 30 + 10 * Math.log(20), 0.05],
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
    expect(p95OverRun(rows)).toBeUndefined();
    expect(p95OverRun([])).toBeUndefined();
  });
});

test('the percentile of a run of equal minutes is theirs', () => {
  expect(p95OverRun(minutes({ rate: 7, base: 30, mean: 10 }, { rate: 9, base: 30, mean: 10 }))).toBeCloseTo(30 + 10 * Math.log(20), 6);
});

test('a slow minute changes the percentile once it has more than 5 of 100 responses', () => {
  const run = (slow: number) => p95OverRun(minutes({ rate: 100 - slow, base: 10, mean: 0 }, { rate: slow, base: 500, mean: 0 }));
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
      const percentiles = rows.map(({ p95Millis }) => p95Millis);
      expect(p95OverRun(rows)).toBeGreaterThanOrEqual(Math.min(...percentiles) - 1e-6);
      expect(p95OverRun(rows)).toBeLessThanOrEqual(Math.max(...percentiles));
    }),
  );
});
