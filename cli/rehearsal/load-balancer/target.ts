import { Connections } from '../connections';
import { HeldRequests } from './held-requests';
import { type HealthRules, TargetHealth } from './target-health';
import { Tunnels } from './tunnels';

/** What an Application Load Balancer says of a target. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

export interface TargetOptions {
  readonly port: number;
  readonly rules: HealthRules;
  /** How long the target may be silent in the middle of a request. */
  readonly silenceMillis: number;
}

const FAULT_FAILURE = 'a fault of the scenario fails its health checks';

/** A task as the load balancer sees it: a port of this machine, its health and the connections to it. */
export class Target {
  public readonly port: number;
  /** How long the target, or the client of one of its requests, may be silent in the middle of a request. */
  public readonly silenceMillis: number;
  /** The connections that requests are sent over. */
  public readonly connections: Connections;
  /** The connections that have changed their protocol. */
  public readonly tunnels = new Tunnels();
  /** The requests that a slow dependency holds up, each on a connection of its own. */
  public readonly held: HeldRequests;
  /** How much of the traffic it gets beside others: as much as each of those with the same number, nothing with 0. */
  public trafficShare = 1;
  /** Requests that it has answered so far. */
  public answeredRequests = 0;
  /** Whether a fault lets each health check fail. Requests are served all the same. */
  public failChecks = false;
  /** Whether a fault of the scenario keeps it from answering anything. */
  public isFrozen = false;
  private readonly health: TargetHealth;
  private leaving?: 'draining' | 'unused';
  private failure?: string;

  public constructor(options: TargetOptions) {
    this.port = options.port;
    this.silenceMillis = options.silenceMillis;
    this.connections = new Connections(`http://127.0.0.1:${options.port}`, options.silenceMillis);
    this.held = new HeldRequests(options.silenceMillis);
    this.health = new TargetHealth(options.rules);
  }

  public get state(): TargetState {
    return this.leaving ?? this.health.state;
  }

  /** Whether the target is unhealthy, or new and on its way there. */
  public get isFailing(): boolean {
    return this.health.isFailing;
  }

  /** Why the last failed health check failed, in words. */
  public get lastFailure(): string | undefined {
    return this.failure;
  }

  /** Takes note of a health check: what failed, or undefined where it passed. */
  public note(seen: string | undefined): void {
    const failure = this.failChecks ? FAULT_FAILURE : seen;
    this.failure = failure ?? this.failure;
    if (failure === undefined) this.health.pass();
    else this.health.fail();
  }

  /** From now on the target gets no new requests. */
  public drain(): void {
    this.leaving = 'draining';
  }

  /** Closes the connections. Requests that still wait for their answers fail. */
  public close(): void {
    this.connections.close();
    this.held.close();
    this.tunnels.close();
    this.leaving = 'unused';
  }
}
