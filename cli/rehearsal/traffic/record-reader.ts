import type { ClientReading } from '../../../src/scenario/client';
import { percentileSeconds } from './latency-histogram';
import { countsBetween, inFlight, type TrafficCounts, type TrafficRecord } from './traffic-record';

/** Reads what a record has counted, from one reading to the next. */
export class RecordReader {
  private before: TrafficCounts;
  private readAtMillis = performance.now();

  public constructor(private readonly record: TrafficRecord) {
    this.before = record.read();
  }

  /** What was counted since this was last called. */
  public take(): Omit<ClientReading, 'users'> {
    const { sent, asked, answered, failures, latencySeconds, outageSeconds, buckets, lateBuckets } = this.takeCounts();
    return {
      requests: sent,
      askedRequests: asked,
      lateMillis: percentileMillis(lateBuckets, 0.99),
      servedRequests: answered,
      failures,
      inFlightRequests: inFlight(this.before),
      seconds: this.takeSeconds(),
      outageSeconds,
      latencySeconds,
      p50Millis: percentileMillis(buckets, 0.5),
      p95Millis: percentileMillis(buckets, 0.95),
    };
  }

  private takeCounts(): TrafficCounts {
    const { before } = this;
    this.before = this.record.read();
    return countsBetween(before, this.before);
  }

  private takeSeconds(): number {
    const { readAtMillis } = this;
    this.readAtMillis = performance.now();
    return (this.readAtMillis - readAtMillis) / 1000;
  }
}

function percentileMillis(buckets: Uint32Array, share: number): number | undefined {
  const seconds = percentileSeconds(buckets, share);
  return seconds === undefined ? undefined : seconds * 1000;
}
