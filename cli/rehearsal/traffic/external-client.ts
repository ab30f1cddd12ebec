import type { Client, ClientReading } from '../../../src/scenario/client';
import { OutageWatch } from './outage-watch';
import { RecordReader } from './record-reader';
import type { TrafficRecord } from './traffic-record';

const WATCHED_SECONDS = 1;

/**
 * Clients that somebody else runs: a load generator, or a browser. What they see is read at the load balancer: requests
 * count from when they have come in, and the way there is not in their latency.
 */
export class ExternalClient implements Client {
  private readonly reader: RecordReader;
  private readonly watching: NodeJS.Timeout;

  /** @param record what the load balancer writes down of its clients. */
  public constructor(record: TrafficRecord) {
    this.reader = new RecordReader(record);
    const outages = new OutageWatch(record, WATCHED_SECONDS);
    this.watching = setInterval(() => outages.look(), WATCHED_SECONDS * 1000);
  }

  public takeReading(): ClientReading {
    // nobody here knows what was asked of them.
    const { askedRequests: _asked, lateMillis: _late, ...reading } = this.reader.take();
    return reading;
  }

  /** Watches no longer. Readings can still be taken. */
  public stop(): void {
    clearInterval(this.watching);
  }
}
