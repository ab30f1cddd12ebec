import { FAILURE_KINDS, type FailureKind, type Failures, failedCount, mapKinds } from '../../../src/scenario/failures';
import { bucketOf, LATENCY_BUCKETS } from './latency-histogram';

const SENT = 0;
const LATENCY_SECONDS = 1;
const OUTAGE_SECONDS = 2;
const UNSENT = 3;
const DUE = 4;
const FIRST_FAILURE = 5;
const COUNTERS = FIRST_FAILURE + FAILURE_KINDS.length;

/** What a client has counted since its start. */
export interface TrafficCounts {
  readonly sent: number;
  /** Requests that had to be sent by now: those that were, and those that the client did not get to. */
  readonly asked: number;
  readonly answered: number;
  readonly failures: Failures;
  /** The latencies of all answered requests, added up. */
  readonly latencySeconds: number;
  /** Seconds in which requests failed or waited and none was answered. */
  readonly outageSeconds: number;
  /** Answered requests in each bucket of latency. */
  readonly buckets: Uint32Array;
  /** Requests in each bucket of how late they were sent. */
  readonly lateBuckets: Uint32Array;
}

/** What was counted between two readings. */
export function countsBetween(before: TrafficCounts, after: TrafficCounts): TrafficCounts {
  return {
    sent: after.sent - before.sent,
    asked: after.asked - before.asked,
    answered: after.answered - before.answered,
    failures: mapKinds((kind) => after.failures[kind] - before.failures[kind]),
    latencySeconds: after.latencySeconds - before.latencySeconds,
    outageSeconds: after.outageSeconds - before.outageSeconds,
    buckets: bucketsBetween(before.buckets, after.buckets),
    lateBuckets: bucketsBetween(before.lateBuckets, after.lateBuckets),
  };
}

function bucketsBetween(before: Uint32Array, after: Uint32Array): Uint32Array {
  return after.map((count, bucket) => count - before[bucket]!);
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
  private readonly lateBuckets: Uint32Array;

  public constructor(memory: SharedArrayBuffer) {
    this.counters = new Float64Array(memory, 0, COUNTERS);
    this.buckets = new Uint32Array(memory, this.counters.byteLength, LATENCY_BUCKETS);
    this.lateBuckets = new Uint32Array(memory, this.counters.byteLength + this.buckets.byteLength, LATENCY_BUCKETS);
  }

  /** Memory for a record in which nothing has been counted. */
  public static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(COUNTERS * Float64Array.BYTES_PER_ELEMENT + 2 * LATENCY_BUCKETS * Uint32Array.BYTES_PER_ELEMENT);
  }

  public question(): void {
    this.counters[SENT]! += 1;
  }

  /** The client sent a request so much later than it should have. */
  public late(seconds: number): void {
    this.lateBuckets[bucketOf(seconds)]! += 1;
  }

  /** So many requests will never be sent: the client did not get to them in time. */
  public unsent(count: number): void {
    this.counters[UNSENT]! += count;
  }

  /** So many requests should have been sent by now, and still will be. */
  public setDue(count: number): void {
    this.counters[DUE] = count;
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
      asked: this.counters[SENT]! + this.counters[UNSENT]! + this.counters[DUE]!,
      answered: buckets.reduce((total, count) => total + count, 0),
      failures: mapKinds((kind) => this.counters[FIRST_FAILURE + FAILURE_KINDS.indexOf(kind)]!),
      latencySeconds: this.counters[LATENCY_SECONDS]!,
      outageSeconds: this.counters[OUTAGE_SECONDS]!,
      buckets,
      lateBuckets: this.lateBuckets.slice(),
    };
  }
}
