import type { LoadBalancer } from '../load-balancer/load-balancer';
import { ExternalTraffic } from './external-traffic';
import type { RehearsedTraffic } from './rehearsed-traffic';
import { SentTraffic } from './sent-traffic';
import { TrafficSender } from './traffic-sender';

/** What traffic is made with. */
export interface TrafficParts {
  readonly balancer: LoadBalancer;
  readonly paths: readonly string[];
  /** Whether somebody else sends the requests. */
  readonly isExternal?: boolean;
  /**
   * How long an answer is waited for, and an idle connection kept: as long as the load balancer does.
   *
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
}

/** Makes ready for the traffic of a rehearsal. Nothing is sent from here before it follows. */
export async function startTraffic({ balancer, paths, isExternal = false, idleTimeoutSeconds }: TrafficParts): Promise<RehearsedTraffic> {
  if (isExternal) return new ExternalTraffic(balancer.record);
  return new SentTraffic(await TrafficSender.start({ url: balancer.url, paths, idleTimeoutSeconds }));
}
