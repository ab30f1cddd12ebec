import { expect, test } from 'vitest';
import { normalQuantile, percentileBetween } from '../../src/scaling/percentile';

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

test('a percentile lies where the two that are known put it', () => {
  const known = { p50: 0.1, p95: 0.3 };
  const [p50, p90, p95, p99] = [50, 90, 95, 99].map((percentile) => percentileBetween(known, percentile));
  expect([p50, p95]).toEqual([0.1, 0.3]);
  expect(p90).toBeCloseTo(0.1 * 3 ** (1.2816 / 1.6449), 3);
  expect(p99).toBeGreaterThan(0.3);
});
