import type { Client, ClientReading } from '../../../src/scenario/client';
import { RecordReader } from './record-reader';
import type { TrafficRecord } from './traffic-record';

/**
 * Clients that somebody else runs: a load generator, or a browser. What they see is read at the load balancer: requests
 * count from when they have come in, and the way there is not in their latency.
 */
export class ExternalClient implements Client {
  private readonly reader: RecordReader;

  /** @param record what the load balancer writes down of its clients. */
  public constructor(record: TrafficRecord) {
    this.reader = new RecordReader(record);
  }

  public takeReading(): ClientReading {
    // nobody here knows what was asked of them.
    const { askedRequests: _asked, lateMillis: _late, ...reading } = this.reader.take();
    return reading;
  }
}
