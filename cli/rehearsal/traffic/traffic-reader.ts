import type { Client, ClientReading } from '../../../src/scenario/client';
import { percentileSeconds } from './latency-histogram';
import { countsBetween, inFlight, type TrafficCounts, type TrafficRecord } from './traffic-record';

/** Reads from time to time what a traffic client has written down. Several may read the same record: none takes anything from another. */
export class TrafficReader implements Client {
  private before: TrafficCounts;
  private readAtMillis = performance.now();

  /** @param users says how many there are now; undefined for an open load. */
  public constructor(
    private readonly record: TrafficRecord,
    private readonly users: () => number | undefined,
  ) {
    this.before = record.read();
  }

  public takeReading(): ClientReading {
    const { sent, answered, failures, latencySeconds, outageSeconds, buckets } = this.takeCounts();
    return {
      users: this.users(),
      requests: sent,
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
