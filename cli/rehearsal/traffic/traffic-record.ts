import { FAILURE_KINDS, type FailureKind, type Failures, failedCount, mapKinds } from '../../../src/scenario/failures';
import { bucketOf, LATENCY_BUCKETS } from './latency-histogram';

const SENT = 0;
const LATENCY_SECONDS = 1;
const OUTAGE_SECONDS = 2;
const FIRST_FAILURE = 3;
const COUNTERS = FIRST_FAILURE + FAILURE_KINDS.length;

/** What a client has counted since its start. */
export interface TrafficCounts {
  readonly sent: number;
  readonly answered: number;
  readonly failures: Failures;
  /** The latencies of all answered requests, added up. */
  readonly latencySeconds: number;
  /** Seconds in which requests failed or waited and none was answered. */
  readonly outageSeconds: number;
  /** Answered requests in each bucket of latency. */
  readonly buckets: Uint32Array;
}

/** What was counted between two readings. */
export function countsBetween(before: TrafficCounts, after: TrafficCounts): TrafficCounts {
  return {
    sent: after.sent - before.sent,
    answered: after.answered - before.answered,
    failures: mapKinds((kind) => after.failures[kind] - before.failures[kind]),
    latencySeconds: after.latencySeconds - before.latencySeconds,
    outageSeconds: after.outageSeconds - before.outageSeconds,
    buckets: after.buckets.map((count, bucket) => count - before.buckets[bucket]!),
  };
}

/** Requests that were sent and are not over. */
export function inFlight({ sent, answered, failures }: TrafficCounts): number {
  return sent - answered - failedCount(failures);
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

  public question(): void {
    this.counters[SENT]! += 1;
  }

  public answer(latencySeconds: number): void {
    this.counters[LATENCY_SECONDS]! += latencySeconds;
    this.buckets[bucketOf(latencySeconds)]! += 1;
  }

  public failure(kind: FailureKind): void {
    this.counters[FIRST_FAILURE + FAILURE_KINDS.indexOf(kind)]! += 1;
  }

  public outage(seconds: number): void {
    this.counters[OUTAGE_SECONDS]! += seconds;
  }

  /** The counts as they are now. */
  public read(): TrafficCounts {
    const buckets = this.buckets.slice();
    return {
      sent: this.counters[SENT]!,
      answered: buckets.reduce((total, count) => total + count, 0),
      failures: mapKinds((kind) => this.counters[FIRST_FAILURE + FAILURE_KINDS.indexOf(kind)]!),
      latencySeconds: this.counters[LATENCY_SECONDS]!,
      outageSeconds: this.counters[OUTAGE_SECONDS]!,
      buckets,
    };
  }
}
