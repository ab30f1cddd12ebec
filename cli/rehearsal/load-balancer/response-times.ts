import type { FleetCounters } from '../../../src/scaling/fleet';

/** Answers whose median and 95th percentile are taken together, so that no more than these are ever kept. */
const BATCH = 500;

/** The times of answers, in the counters that scaling on latency reads. */
export type ResponseTimeCounters = Pick<FleetCounters, 'responses' | 'responseSeconds' | 'p50ResponseSeconds' | 'p95ResponseSeconds'>;

/** Adds up how long targets took to answer: from the request that was sent until the answer began. */
export class ResponseTimes {
  private readonly batch = new Float64Array(BATCH);
  private inBatch = 0;
  private readonly counted = { responses: 0, responseSeconds: 0, p50ResponseSeconds: 0, p95ResponseSeconds: 0 };

  public add(seconds: number): void {
    this.batch[this.inBatch++] = seconds;
    if (this.inBatch === BATCH) this.addUp();
  }

  /** What has been counted up to this moment. */
  public read(): ResponseTimeCounters {
    this.addUp();
    return { ...this.counted };
  }

  private addUp(): void {
    const count = this.inBatch;
    if (count === 0) return;
    const sorted = this.batch.subarray(0, count).sort();
    this.counted.responses += count;
    this.counted.responseSeconds += sorted.reduce((sum, seconds) => sum + seconds, 0);
    this.counted.p50ResponseSeconds += count * percentile(sorted, 50);
    this.counted.p95ResponseSeconds += count * percentile(sorted, 95);
    this.inBatch = 0;
  }
}

/** The nearest rank. */
function percentile(sorted: Float64Array, percent: number): number {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
}
