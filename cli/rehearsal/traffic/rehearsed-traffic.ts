import type { Client } from '../../../src/scenario/client';
import { arrivalAt, type Traffic } from '../../../src/scenario/traffic';
import type { Cancel, Time } from '../../../src/time/time';
import type { LoadBalancer } from '../load-balancer/load-balancer';
import { TrafficSender } from './traffic-sender';

/** Traffic that changes is set once in so many milliseconds of the wall clock. */
const TRAFFIC_STEP_MILLIS = 100;

/** The traffic of a rehearsal, whoever makes it. */
export interface RehearsedTraffic {
  /** How it fares, as the timeline sees it. */
  readonly client: Client;
  /** Rejects when nobody can make it any more; never settles otherwise. */
  readonly lost: Promise<never>;
  /** The last failure that a client saw, in words. */
  readonly lastFailure?: string;
  /** How far the requests stayed behind what was asked for, in a sentence. */
  readonly shortfall?: string;
  /** Another look at how it fares, which takes nothing away from the first. */
  watcher(): Client;
  /** Lets arrive what the traffic of the scenario says, from now on. */
  follow(traffic: Traffic, time: Time): void;
  stop(): Promise<unknown>;
}

/** What traffic is made with. */
export interface TrafficParts {
  readonly balancer: LoadBalancer;
  readonly paths: readonly string[];
}

/** Starts to make the traffic of a rehearsal. Nothing is sent before it follows. */
export async function startTraffic({ balancer, paths }: TrafficParts): Promise<RehearsedTraffic> {
  return new SentTraffic(await TrafficSender.start({ url: balancer.url, paths }));
}

/** Traffic that a thread of this command sends. */
class SentTraffic implements RehearsedTraffic {
  private stopFollowing: Cancel = () => {};

  public constructor(private readonly sender: TrafficSender) {}

  public get client(): Client {
    return this.sender;
  }

  public get lost(): Promise<never> {
    return this.sender.lost;
  }

  public get lastFailure(): string | undefined {
    return this.sender.lastFailure;
  }

  public watcher(): Client {
    return this.sender.watcher();
  }

  public follow(traffic: Traffic, time: Time): void {
    const arrive = (): void => this.sender.set(arrivalAt(traffic, time.nowSeconds), traffic.clientLimitRequestsPerSecond);
    arrive();
    const step = setInterval(arrive, TRAFFIC_STEP_MILLIS);
    this.stopFollowing = () => clearInterval(step);
  }

  public stop(): Promise<unknown> {
    this.stopFollowing();
    return this.sender.stop();
  }
}
