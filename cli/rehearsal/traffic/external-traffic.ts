import type { Client } from '../../../src/scenario/client';
import { ExternalClient } from './external-client';
import { OutageWatch, WATCHED_SECONDS } from './outage-watch';
import type { RehearsedTraffic } from './rehearsed-traffic';
import type { TrafficRecord } from './traffic-record';

/** Traffic that somebody else sends to the load balancer. */
export class ExternalTraffic implements RehearsedTraffic {
  /** Whoever sends it may come and go. */
  public readonly lost = new Promise<never>(() => {});
  public readonly client: Client;
  private readonly watching: NodeJS.Timeout;

  /** @param record what the load balancer writes down of its clients. */
  public constructor(private readonly record: TrafficRecord) {
    this.client = this.watcher();
    // one for all who read: what it notes, it writes into the record.
    const outages = new OutageWatch(record, WATCHED_SECONDS);
    this.watching = setInterval(() => outages.look(), WATCHED_SECONDS * 1000);
  }

  public watcher(): Client {
    return new ExternalClient(this.record);
  }

  /** Whoever sends it is not here yet. */
  public async warmUp(): Promise<void> {}

  public follow(): void {}

  /** Watches no longer. Readings can still be taken. */
  public async stop(): Promise<void> {
    clearInterval(this.watching);
  }
}
