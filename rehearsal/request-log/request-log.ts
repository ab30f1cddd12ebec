import { type ClientLatencies, LATENCY_PERCENTILES } from '../../src/metrics/latency-percentiles';
import type { ClientMeasurements } from '../../src/run/client';
import { FAILURE_KINDS, type FailureKind, type Failures, failedCount, failureKindOf, failuresByKind } from '../../src/run/failures';
import { bucketOf, LATENCY_BUCKET_COUNT, percentileSeconds } from './latency-histogram';

export { percentileSeconds } from './latency-histogram';

// the indexes of the counters in the shared memory.
const SENT_INDEX = 0;
const LATENCY_SECONDS_INDEX = 1;
const OUTAGE_SECONDS_INDEX = 2;
const UNSENT_INDEX = 3;
const DUE_INDEX = 4;
const FIRST_FAILURE_INDEX = 5;
const COUNTER_COUNT = FIRST_FAILURE_INDEX + FAILURE_KINDS.length;

/** The counters of a request log since its creation. */
export interface RequestCounters {
  readonly sentCount: number;
  /** The requests that the traffic required by now: those that were sent, and those that the client did not send in time. */
  readonly dueCount: number;
  readonly servedCount: number;
  readonly failures: Failures;
  /** The sum of the latencies of all served requests. */
  readonly latencySeconds: number;
  /** Seconds in which requests failed or waited for a response, and none was served. */
  readonly outageSeconds: number;
  /** The number of served requests in each latency bucket. */
  readonly latencyBuckets: Uint32Array;
  /** The number of sent requests in each bucket of their lateness. */
  readonly latenessBuckets: Uint32Array;
}

/** What was counted between two snapshots of the counters. */
export function countsBetween(before: RequestCounters, after: RequestCounters): RequestCounters {
  return {
    sentCount: after.sentCount - before.sentCount,
    dueCount: after.dueCount - before.dueCount,
    servedCount: after.servedCount - before.servedCount,
    failures: failuresByKind((kind) => after.failures[kind] - before.failures[kind]),
    latencySeconds: after.latencySeconds - before.latencySeconds,
    outageSeconds: after.outageSeconds - before.outageSeconds,
    latencyBuckets: bucketsBetween(before.latencyBuckets, after.latencyBuckets),
    latenessBuckets: bucketsBetween(before.latenessBuckets, after.latenessBuckets),
  };
}

function bucketsBetween(before: Uint32Array, after: Uint32Array): Uint32Array {
  return after.map((count, bucket) => count - before[bucket]!);
}

/** The requests that were sent and have neither been served nor failed. */
function inFlightCountOf({ sentCount, servedCount, failures }: RequestCounters): number {
  return sentCount - servedCount - failedCount(failures);
}

/** A request that has been recorded as sent. */
export interface TrackedRequest {
  /** To be called once: with the status code of the response, or 0 if the response was not complete. */
  end(statusCode: number): void;
}

/**
 * Counts requests in memory that is shared between threads, so that reading never blocks.
 *
 * Only one thread writes. A snapshot may contain a request in one counter and not yet in another; since all counters only grow, the
 * next snapshot is right.
 */
export class RequestLog {
  private readonly counters: Float64Array;
  private readonly latencyBuckets: Uint32Array;
  private readonly latenessBuckets: Uint32Array;

  public constructor(memory: SharedArrayBuffer) {
    this.counters = new Float64Array(memory, 0, COUNTER_COUNT);
    this.latencyBuckets = new Uint32Array(memory, this.counters.byteLength, LATENCY_BUCKET_COUNT);
    this.latenessBuckets = new Uint32Array(memory, this.counters.byteLength + this.latencyBuckets.byteLength, LATENCY_BUCKET_COUNT);
  }

  /** Allocates the memory of an empty log. */
  public static allocateMemory(): SharedArrayBuffer {
    return new SharedArrayBuffer(COUNTER_COUNT * Float64Array.BYTES_PER_ELEMENT + 2 * LATENCY_BUCKET_COUNT * Uint32Array.BYTES_PER_ELEMENT);
  }

  public recordRequest(): void {
    this.counters[SENT_INDEX]! += 1;
  }

  /** Records how long after its due time a request was sent. */
  public recordLateness(seconds: number): void {
    this.latenessBuckets[bucketOf(seconds)]! += 1;
  }

  /** Records requests that will never be sent, because the client was not able to send them in time. */
  public recordUnsent(count: number): void {
    this.counters[UNSENT_INDEX]! += count;
  }

  /** Sets the number of requests that are due and not sent yet. */
  public setDue(count: number): void {
    this.counters[DUE_INDEX] = count;
  }

  public recordServed(latencySeconds: number): void {
    this.counters[LATENCY_SECONDS_INDEX]! += latencySeconds;
    this.latencyBuckets[bucketOf(latencySeconds)]! += 1;
  }

  public recordFailure(kind: FailureKind): void {
    this.counters[FIRST_FAILURE_INDEX + FAILURE_KINDS.indexOf(kind)]! += 1;
  }

  public recordOutage(seconds: number): void {
    this.counters[OUTAGE_SECONDS_INDEX]! += seconds;
  }

  /** Records a request, and its latency or failure once it ends. */
  public trackRequest(): TrackedRequest {
    const startedAtMillis = performance.now();
    this.recordRequest();
    return {
      end: (statusCode) => {
        if (statusCode === 0) this.recordFailure('other');
        else if (statusCode >= 500) this.recordFailure(failureKindOf(statusCode));
        else this.recordServed((performance.now() - startedAtMillis) / 1000);
      },
    };
  }

  /** Returns a snapshot of the counters. */
  public read(): RequestCounters {
    const latencyBuckets = this.latencyBuckets.slice();
    return {
      sentCount: this.counters[SENT_INDEX]!,
      dueCount: this.counters[SENT_INDEX]! + this.counters[UNSENT_INDEX]! + this.counters[DUE_INDEX]!,
      servedCount: latencyBuckets.reduce((total, count) => total + count, 0),
      failures: failuresByKind((kind) => this.counters[FIRST_FAILURE_INDEX + FAILURE_KINDS.indexOf(kind)]!),
      latencySeconds: this.counters[LATENCY_SECONDS_INDEX]!,
      outageSeconds: this.counters[OUTAGE_SECONDS_INDEX]!,
      latencyBuckets,
      latenessBuckets: this.latenessBuckets.slice(),
    };
  }
}

/** Reads what a log has counted since the previous call. */
export class RequestLogReader {
  private previousCounters: RequestCounters;
  private readAtMillis = performance.now();

  public constructor(private readonly log: RequestLog) {
    this.previousCounters = log.read();
  }

  /** Returns what was counted since the previous call. */
  public take(): Omit<ClientMeasurements, 'users'> {
    const { sentCount, dueCount, servedCount, failures, latencySeconds, outageSeconds, latencyBuckets, latenessBuckets } =
      this.takeCounts();
    return {
      requests: sentCount,
      requiredRequests: dueCount,
      p99SendDelayMillis: percentileMillis(latenessBuckets, 0.99),
      servedRequests: servedCount,
      failures,
      inFlightRequests: inFlightCountOf(this.previousCounters),
      seconds: this.takeSeconds(),
      outageSeconds,
      latencySeconds,
      ...latencyPercentiles(latencyBuckets),
    };
  }

  private takeCounts(): RequestCounters {
    const { previousCounters } = this;
    this.previousCounters = this.log.read();
    return countsBetween(previousCounters, this.previousCounters);
  }

  private takeSeconds(): number {
    const { readAtMillis } = this;
    this.readAtMillis = performance.now();
    return (this.readAtMillis - readAtMillis) / 1000;
  }
}

function latencyPercentiles(buckets: Uint32Array): ClientLatencies {
  return Object.fromEntries(LATENCY_PERCENTILES.map(({ name, percent }) => [`${name}Millis`, percentileMillis(buckets, percent / 100)]));
}

function percentileMillis(buckets: Uint32Array, fraction: number): number | undefined {
  const seconds = percentileSeconds(buckets, fraction);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** The interval at which outages are detected. */
export const OUTAGE_CHECK_INTERVAL_SECONDS = 1;

/** Records the intervals in which requests failed or waited for a response, and none was served. */
export class OutageDetector {
  private previousCounters: RequestCounters;

  public constructor(
    private readonly log: RequestLog,
    private readonly intervalSeconds: number,
  ) {
    this.previousCounters = log.read();
  }

  /** To be called once in each interval. */
  public check(): void {
    const before = this.previousCounters;
    const now = this.log.read();
    this.previousCounters = now;
    const hasFailed = failedCount(now.failures) > failedCount(before.failures);
    if (now.servedCount === before.servedCount && (hasFailed || inFlightCountOf(before) > 0)) this.log.recordOutage(this.intervalSeconds);
  }
}
