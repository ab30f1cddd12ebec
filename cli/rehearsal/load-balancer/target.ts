import { Connections } from '../connections';
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

/** A task as the load balancer sees it: a port of this machine, its health and the connections to it. */
export class Target {
  public readonly port: number;
  /** The connections that requests are sent over. */
  public readonly connections: Connections;
  /** The connections that have changed their protocol. */
  public readonly tunnels = new Tunnels();
  private readonly health: TargetHealth;
  private leaving?: 'draining' | 'unused';
  private failure?: string;

  public constructor(options: TargetOptions) {
    this.port = options.port;
    this.connections = new Connections(`http://127.0.0.1:${options.port}`, options.silenceMillis);
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
  public note(failure: string | undefined): void {
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
    this.tunnels.close();
    this.leaving = 'unused';
  }
}
