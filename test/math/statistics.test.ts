import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, normalQuantile, percentileBetween, portablePow, shareAbove } from '../../src/math/statistics';

test.each([
  [0.5, 0],
  [0.9, 1.2816],
  [0.99, 2.3263],
  [0.01, -2.3263],
  [1, 4],
  [0, -4],
])('the quantile of %d is %d', (share, deviations) => {
  expect(normalQuantile(share)).toBeCloseTo(deviations, 3);
});

test('a percentile follows from three known ones', () => {
  const known = { p50: 0.1, p95: 0.3, p99: 0.9 };
  const [p50, p90, p95, p98, p99, p999] = [50, 90, 95, 98, 99, 99.9].map((percentile) => percentileBetween(known, percentile));
  expect([p50, p95, p99]).toEqual([0.1, 0.3, 0.9]);
  expect(p90).toBeCloseTo(0.1 * 3 ** (1.2816 / 1.6449), 3);
  expect(p98).toBeCloseTo(0.3 * 3 ** ((2.0537 - 1.6449) / (2.3263 - 1.6449)), 3);
  expect(p999).toBeCloseTo(0.3 * 3 ** ((3.0902 - 1.6449) / (2.3263 - 1.6449)), 2);
});

test('the mean is the sum divided by the count', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean([0.5])).toBe(0.5);
});

test('portablePow(b, e) equals b ** e', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (base, exponent) => {
      expect(portablePow(base, exponent) / base ** exponent).toBeCloseTo(1, 10);
    }),
  );
  expect([portablePow(0, 0.5), portablePow(7, 0)]).toEqual([0, 1]);
});

test('the share above a percentile is what is left of it', () => {
  const spread = { p50: 0.1, p95: 0.4, p99: 0.9 };
  expect(shareAbove(spread, 0.1)).toBeCloseTo(0.5, 4);
  expect(shareAbove(spread, 0.4)).toBeCloseTo(0.05, 4);
  expect(shareAbove(spread, 0.9)).toBeCloseTo(0.01, 4);
  for (const percentile of [5, 20, 50, 80, 99, 99.9])
    expect(shareAbove(spread, percentileBetween(spread, percentile))).toBeCloseTo(1 - percentile / 100, 3);
  expect([shareAbove(spread, 600), shareAbove(spread, 0.0001)]).toEqual([0, 1]);
  const same = { p50: 2, p95: 2, p99: 2 };
  expect([shareAbove(same, 1), shareAbove(same, 2), shareAbove(same, 3)]).toEqual([1, 0, 0]);
});
