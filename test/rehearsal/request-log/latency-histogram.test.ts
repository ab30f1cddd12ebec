import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, LATENCY_BUCKET_COUNT, percentileSeconds } from '../../../rehearsal/request-log/latency-histogram';

const latency = double({ min: 0.000_01, max: 120, noNaN: true });
const share = double({ min: 0.001, max: 1, noNaN: true });

function counted(latencies: readonly number[]): number[] {
  const counts = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const seconds of latencies) counts[bucketOf(seconds)]! += 1;
  return counts;
}

/** The exact percentile of some latencies. */
function exactPercentile(latencies: readonly number[], of: number): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(of * sorted.length)) - 1]!;
}

test('a percentile is within 2 % of the exact one', () => {
  assert(
    property(array(latency, { minLength: 1, maxLength: 300 }), share, (latencies, of) => {
      const exact = exactPercentile(latencies, of);
      return Math.abs(percentileSeconds(counted(latencies), of)! - exact) <= 0.02 * exact;
    }),
  );
});

test.each([
  [0, 0],
  [0.000_001, 0],
  [120, LATENCY_BUCKET_COUNT - 1],
  [3600, LATENCY_BUCKET_COUNT - 1],
])('a latency of %d s is counted in bucket %d', (seconds, bucket) => {
  expect(bucketOf(seconds)).toBe(bucket);
});

test('there is no percentile of no latencies', () => {
  expect(percentileSeconds(counted([]), 0.5)).toBeUndefined();
});
