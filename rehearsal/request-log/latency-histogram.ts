const MIN_LATENCY_SECONDS = 0.000_01;
const MAX_LATENCY_SECONDS = 120;

/** Each bucket ends 4 % above its start, so its middle is within 2 % of every latency in it. */
const BUCKET_GROWTH_FACTOR = 1.04;

/** The number of buckets between the minimum and the maximum latency. */
export const LATENCY_BUCKET_COUNT = Math.ceil(Math.log(MAX_LATENCY_SECONDS / MIN_LATENCY_SECONDS) / Math.log(BUCKET_GROWTH_FACTOR));

/** The index of a latency's bucket. A latency outside of all buckets is counted in the first or the last. */
export function bucketOf(latencySeconds: number): number {
  const bucket = Math.floor(Math.log(latencySeconds / MIN_LATENCY_SECONDS) / Math.log(BUCKET_GROWTH_FACTOR));
  return Math.min(Math.max(0, bucket), LATENCY_BUCKET_COUNT - 1);
}

/**
 * The percentile of the counted latencies, within 2 %; undefined if none was counted.
 *
 * @param counts the number of latencies in each bucket.
 * @param fraction such as 0.95 for the 95th percentile.
 */
export function percentileSeconds(counts: Readonly<ArrayLike<number>>, fraction: number): number | undefined {
  const total = sum(counts);
  if (total === 0) return undefined;
  let bucket = 0;
  let counted = counts[0]!;
  while (counted < fraction * total) {
    bucket += 1;
    counted += counts[bucket]!;
  }
  return MIN_LATENCY_SECONDS * BUCKET_GROWTH_FACTOR ** (bucket + 0.5);
}

function sum(counts: Readonly<ArrayLike<number>>): number {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) total += counts[bucket]!;
  return total;
}
