import type { Cancel } from '../../src/time/clock';
import { Connections } from '../http/connections';

/** The states of a target as an Application Load Balancer reports them. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

export interface TargetOptions {
  readonly port: number;
  readonly thresholds: HealthThresholds;
  /** How long the target may send nothing during a request. */
  readonly idleTimeoutMillis: number;
}

const FAILED_BY_FAULT = 'a fault of the scenario fails its health checks';

/** A target of the load balancer: a task's port on this machine, its health and its connections. */
export class Target {
  public readonly port: number;
  /** How long the target, or the client of one of its requests, may send nothing during a request. */
  public readonly idleTimeoutMillis: number;
  /** The connections for requests. */
  public readonly connections: Connections;
  /** Connections that were upgraded to another protocol. */
  public readonly tunnels = new Tunnels();
  /** Requests that a slow dependency delays. */
  public readonly delayedRequests: DelayedRequests;
  /** Its weight compared with other targets. A target with 0 gets no requests. */
  public trafficShare = 1;
  /** Whether its target group is that of the new revision, while a deployment shifts the traffic. */
  public isInNewTargetGroup = false;
  /** Requests that it has served so far. */
  public servedRequests = 0;
  /** Whether a fault makes each health check fail. Requests are still served. */
  public failsHealthChecks = false;
  /** Whether a fault has paused its task, so that it does not respond. */
  public isPaused = false;
  private readonly health: TargetHealth;
  private finalState?: 'draining' | 'unused';
  private failure?: string;

  public constructor(options: TargetOptions) {
    this.port = options.port;
    this.idleTimeoutMillis = options.idleTimeoutMillis;
    this.connections = new Connections(options.port, options.idleTimeoutMillis);
    this.delayedRequests = new DelayedRequests(options.idleTimeoutMillis);
    this.health = new TargetHealth(options.thresholds);
  }

  public get state(): TargetState {
    return this.finalState ?? this.health.state;
  }

  /** Whether the target is unhealthy, or new with a failed health check. */
  public get isFailing(): boolean {
    return this.health.isFailing;
  }

  /** Why the last failed health check failed. */
  public get lastFailure(): string | undefined {
    return this.failure;
  }

  /** Records a health check: why it failed, or undefined if it passed. */
  public recordHealthCheck(result: string | undefined): void {
    const failure = this.failsHealthChecks ? FAILED_BY_FAULT : result;
    this.failure = failure ?? this.failure;
    if (failure === undefined) this.health.recordPassedCheck();
    else this.health.recordFailedCheck();
  }

  /** Starts draining: the target gets no new requests. */
  public drain(): void {
    this.finalState = 'draining';
  }

  /** Closes the connections. Requests in flight fail. */
  public close(): void {
    this.connections.close();
    this.delayedRequests.close();
    this.tunnels.close();
    this.finalState = 'unused';
  }
}

/** How many consecutive health checks change the state of a target. */
export interface HealthThresholds {
  readonly initialHealthChecks: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * The health of a registered target, by its health checks.
 *
 * A new target needs fewer successful checks than one that was unhealthy.
 */
export class TargetHealth {
  public state: 'initial' | 'healthy' | 'unhealthy' = 'initial';
  private consecutiveSuccesses = 0;
  private consecutiveFailures = 0;

  public constructor(private readonly thresholds: HealthThresholds) {}

  /** Whether the target is unhealthy, or new with a failed health check. */
  public get isFailing(): boolean {
    return this.state === 'unhealthy' || (this.state === 'initial' && this.consecutiveFailures > 0);
  }

  public recordPassedCheck(): void {
    this.consecutiveFailures = 0;
    this.consecutiveSuccesses += 1;
    const needed = this.state === 'initial' ? this.thresholds.initialHealthChecks : this.thresholds.healthyThresholdCount;
    if (this.consecutiveSuccesses >= needed) this.state = 'healthy';
  }

  public recordFailedCheck(): void {
    this.consecutiveSuccesses = 0;
    this.consecutiveFailures += 1;
    if (this.consecutiveFailures >= this.thresholds.unhealthyThresholdCount) this.state = 'unhealthy';
  }
}

/** How the delay of a request ends: it is released, to be sent now, or the idle timeout has passed before. */
export type DelayResult = 'released' | 'timed-out';

/** Requests of one target that are delayed by a slow dependency before they are sent. */
export class DelayedRequests {
  private readonly endFunctions = new Set<Cancel>();

  /** @param idleTimeoutMillis the idle timeout; a request that is delayed by as much or more times out. */
  public constructor(private readonly idleTimeoutMillis: number) {}

  /**
   * Delays a request.
   *
   * @param onEnd called once, unless the returned function was called before.
   * @returns a function that cancels the request.
   */
  public delay(millis: number, onEnd: (result: DelayResult) => void): Cancel {
    const result = millis >= this.idleTimeoutMillis ? 'timed-out' : 'released';
    const end = (): void => {
      cancel();
      onEnd(result);
    };
    const timer = setTimeout(end, Math.min(millis, this.idleTimeoutMillis));
    const cancel = (): void => {
      clearTimeout(timer);
      this.endFunctions.delete(end);
    };
    this.endFunctions.add(end);
    return cancel;
  }

  /** Ends all delays at once. */
  public close(): void {
    for (const end of this.endFunctions) end();
  }
}

/** Connections of clients that are joined to connections of a target, such as WebSockets, until either side closes them. */
export class Tunnels {
  private readonly closeFunctions = new Set<() => void>();

  /**
   * Adds a tunnel.
   *
   * @param closeBoth closes both sides.
   * @returns a function that calls `closeBoth` unless that was done before, for when either side has closed.
   */
  public add(closeBoth: () => void): () => void {
    this.closeFunctions.add(closeBoth);
    return () => {
      if (this.closeFunctions.delete(closeBoth)) closeBoth();
    };
  }

  /** Closes all. */
  public close(): void {
    for (const closeBoth of this.closeFunctions) closeBoth();
    this.closeFunctions.clear();
  }
}
