const SHORTEST_SECONDS = 0.000_01;
const LONGEST_SECONDS = 120;

/** Each bucket ends 4 % above its start, so that its middle is within 2 % of all that is in it. */
const GROWTH = 1.04;

/** The number of buckets between the shortest and the longest latency that are told apart. */
export const LATENCY_BUCKETS = Math.ceil(Math.log(LONGEST_SECONDS / SHORTEST_SECONDS) / Math.log(GROWTH));

/** The bucket that a latency is counted in. What is shorter or longer than all buckets is counted in the first or the last. */
export function bucketOf(latencySeconds: number): number {
  const bucket = Math.floor(Math.log(latencySeconds / SHORTEST_SECONDS) / Math.log(GROWTH));
  return Math.min(Math.max(0, bucket), LATENCY_BUCKETS - 1);
}

/**
 * The latency that the given share of all counted ones does not exceed, within
 * 2 %; undefined where nothing was counted.
 */
export function percentileSeconds(counts: Readonly<ArrayLike<number>>, share: number): number | undefined {
  const total = sum(counts);
  if (total === 0) return undefined;
  let bucket = 0;
  let counted = counts[0]!;
  while (counted < share * total) {
    bucket += 1;
    counted += counts[bucket]!;
  }
  return SHORTEST_SECONDS * GROWTH ** (bucket + 0.5);
}

function sum(counts: Readonly<ArrayLike<number>>): number {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) total += counts[bucket]!;
  return total;
}
