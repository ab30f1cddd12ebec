import { bucketOf, LATENCY_BUCKETS } from './latency-histogram';

const FAILED = 0;
const LATENCY_SECONDS = 1;
const COUNTERS = 2;

/** What a client has counted since its start. */
export interface TrafficCounts {
  readonly answered: number;
  readonly failed: number;
  /** The latencies of all answered requests, added up. */
  readonly latencySeconds: number;
  /** Answered requests in each bucket of latency. */
  readonly buckets: Uint32Array;
}

/** What was counted between two readings. */
export function countsBetween(before: TrafficCounts, after: TrafficCounts): TrafficCounts {
  return {
    answered: after.answered - before.answered,
    failed: after.failed - before.failed,
    latencySeconds: after.latencySeconds - before.latencySeconds,
    buckets: after.buckets.map((count, bucket) => count - before.buckets[bucket]!),
  };
}

/**
 * What a client counts, in memory that it shares with the thread that reads it,
 * so that a reading waits for nobody.
 *
 * Only the client writes. A reading may see a request in one counter and not
 * yet in another; since all of them only ever grow, the next reading makes up
 * for it.
 */
export class TrafficRecord {
  private readonly counters: Float64Array;
  private readonly buckets: Uint32Array;

  public constructor(memory: SharedArrayBuffer) {
    this.counters = new Float64Array(memory, 0, COUNTERS);
    this.buckets = new Uint32Array(memory, this.counters.byteLength, LATENCY_BUCKETS);
  }

  /** Memory for a record in which nothing has been counted. */
  public static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(COUNTERS * Float64Array.BYTES_PER_ELEMENT + LATENCY_BUCKETS * Uint32Array.BYTES_PER_ELEMENT);
  }

  public answer(latencySeconds: number): void {
    this.counters[LATENCY_SECONDS]! += latencySeconds;
    this.buckets[bucketOf(latencySeconds)]! += 1;
  }

  public failure(): void {
    this.counters[FAILED]! += 1;
  }

  /** The counts as they are now. */
  public read(): TrafficCounts {
    const buckets = this.buckets.slice();
    return {
      answered: buckets.reduce((total, count) => total + count, 0),
      failed: this.counters[FAILED]!,
      latencySeconds: this.counters[LATENCY_SECONDS]!,
      buckets,
    };
  }
}
