import { failedCount } from '../../../src/scenario/failures';
import { inFlight, type TrafficCounts, type TrafficRecord } from './traffic-record';

/** How often a watch looks. */
export const WATCHED_SECONDS = 1;

/** Looks at a client's record once in so many seconds, and notes those in which requests failed or waited and none was answered. */
export class OutageWatch {
  private before: TrafficCounts;

  public constructor(
    private readonly record: TrafficRecord,
    private readonly seconds: number,
  ) {
    this.before = record.read();
  }

  public look(): void {
    const { before } = this;
    const now = this.record.read();
    this.before = now;
    const hasFailed = failedCount(now.failures) > failedCount(before.failures);
    if (now.answered === before.answered && (hasFailed || inFlight(before) > 0)) this.record.outage(this.seconds);
  }
}
