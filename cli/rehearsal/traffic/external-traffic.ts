import type { Client } from '../../../src/scenario/client';
import type { LoadBalancer } from '../load-balancer/load-balancer';
import { ExternalClient } from './external-client';
import type { RehearsedTraffic } from './rehearsed-traffic';

/** Traffic that somebody else sends to the load balancer. */
export class ExternalTraffic implements RehearsedTraffic {
  /** Whoever sends it may come and go. */
  public readonly lost = new Promise<never>(() => {});
  public readonly client: Client;
  private readonly clients: ExternalClient[] = [];

  public constructor(private readonly balancer: LoadBalancer) {
    this.client = this.watcher();
  }

  public watcher(): Client {
    const client = new ExternalClient(this.balancer.record);
    this.clients.push(client);
    return client;
  }

  /** Whoever sends it is not here yet. */
  public async warmUp(): Promise<void> {}

  public follow(): void {}

  public async stop(): Promise<void> {
    for (const client of this.clients) client.stop();
  }
}
