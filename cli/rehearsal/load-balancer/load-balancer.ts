import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AWS_DEFAULTS } from '../../../src/plan/default-plan';
import type { HealthCheck } from '../../../src/plan/health-check';
import type { Routing } from '../../../src/plan/routing';
import type { Cancel, Time } from '../../../src/time/time';
import { TrafficRecord } from '../traffic/traffic-record';
import { type Draining, startDraining } from './draining';
import { Exchange } from './exchange';
import { startHealthChecks } from './health-checks';
import { createListener } from './http-listener';
import { listen } from './listen';
import { LoadBalancerCount, type LoadBalancerCounters } from './load-balancer-counters';
import { answerItself, type OwnStatus } from './own-answer';
import { isAmbiguous, refusalOf, refusalOfUpgrade } from './request-rules';
import { Rotation } from './rotation';
import { routerOf } from './router-of-routing';
import { Stickiness } from './stickiness';
import { Target } from './target';
import { answerUpgradeItself, Upgrade } from './upgrade';
import { beginVisit, noteVisit } from './visit';

export interface LoadBalancerOptions {
  readonly time: Time;
  readonly healthCheck: HealthCheck;
  /**
   * How requests are shared among the targets.
   *
   * @default in turn
   */
  readonly routing?: Routing;
  /** Health checks that a newly registered target must pass before it gets requests. */
  readonly initialHealthChecks: number;
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * How long a target may be silent in the middle of a request, and a client between two, on the wall clock.
   *
   * @default 60, as for an Application Load Balancer
   */
  readonly idleTimeoutSeconds?: number;
}

const IN_TURN: Routing = { algorithm: 'round_robin', slowStartSeconds: 0, mitigatesAnomalies: false };

const NO_HEADERS: readonly string[] = [];

/** An HTTP load balancer on this machine that treats its targets as an Application Load Balancer does. */
export class LoadBalancer {
  /** What its clients have seen of it. */
  public readonly record = new TrafficRecord(TrafficRecord.memory());
  private readonly rotation: Rotation;
  private readonly stickiness?: Stickiness;
  /** The registered targets, each with what ends its health checks. */
  private readonly targets = new Map<Target, Cancel>();
  private readonly draining = new Map<Target, Draining>();
  /** Connections of clients of which it is not known where the next request begins. */
  private readonly closing = new WeakSet<Socket>();
  private addedMillis = 0;
  private stopped?: Promise<void>;

  private constructor(
    private readonly options: LoadBalancerOptions,
    private readonly server: Server,
    private readonly port: number,
    private readonly count: LoadBalancerCount,
  ) {
    const { routing = IN_TURN, time } = options;
    this.rotation = new Rotation(() => routerOf(routing, time));
    if (routing.stickinessSeconds !== undefined) this.stickiness = new Stickiness(time, routing.stickinessSeconds);
    server.on('request', (request, response) => this.forward(request, response));
    server.on('upgrade', (request, client, head) => this.upgrade(request, client, head));
  }

  public static async start(options: LoadBalancerOptions): Promise<LoadBalancer> {
    const count = new LoadBalancerCount();
    const server = createListener(idleTimeoutMillis(options), (statusCode) => count.ownAnswer(statusCode));
    return new LoadBalancer(options, server, await listen(server, options.port), count);
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public get healthyCount(): number {
    return healthyOf(this.registered).length;
  }

  /** What has been counted since the start, up to this moment. */
  public get counters(): LoadBalancerCounters {
    return this.count.read();
  }

  /**
   * Adds a port of this machine to the targets and starts to check its health.
   *
   * @param onHealthChange called whenever health checks have made the target healthy or unhealthy.
   */
  public register(port: number, onHealthChange: (target: Target) => void = () => {}): Target {
    const { time, healthCheck, initialHealthChecks } = this.options;
    const target = new Target({ port, rules: { ...healthCheck, initialHealthChecks }, silenceMillis: idleTimeoutMillis(this.options) });
    const stopChecks = startHealthChecks(time, { port, healthCheck, isFrozen: () => target.isFrozen }, (failure) => {
      const { state, isFailing } = target;
      target.note(failure);
      if (target.state !== state || target.isFailing !== isFailing) this.update();
      if (target.state !== state) onHealthChange(target);
    });
    this.targets.set(target, stopChecks);
    this.stickiness?.add(target);
    // a task that was starting while everything stopped must not bring it back to life.
    if (this.stopped !== undefined) this.leave(target, 0);
    this.update();
    return target;
  }

  /**
   * Takes a target out of service. Settles when the delay has passed on the scenario's clock, the target has answered
   * what it was asked, and its connections are closed.
   */
  public async deregister(target: Target, delaySeconds: number): Promise<void> {
    if (this.targets.has(target)) this.leave(target, delaySeconds);
    await this.draining.get(target)?.done;
    this.draining.delete(target);
  }

  /** To be called when the targets' shares of the traffic have changed. */
  public updateShares(): void {
    this.update();
  }

  /**
   * From now on each request takes so much longer at its target, on the wall clock, as if something behind the target were
   * slow; 0 for no longer than it takes. Health checks ask nothing of what is behind a target.
   */
  public setAddedDelaySeconds(seconds: number): void {
    this.addedMillis = seconds * 1000;
  }

  /** Closes every connection. Stopping twice does no harm. */
  public stop(): Promise<void> {
    this.stopped ??= this.close();
    return this.stopped;
  }

  private get registered(): Target[] {
    return [...this.targets.keys()];
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    // it may have been hidden in the one before.
    if (this.closing.has(request.socket)) return;
    noteVisit(this.record, response);
    const refused = refusalOf(request);
    const target = refused === undefined ? this.targetOf(request) : undefined;
    const isLast = refused !== undefined || isAmbiguous(request);
    if (isLast) {
      this.closing.add(request.socket);
      response.shouldKeepAlive = false;
    }
    if (target === undefined) {
      this.answer(response, refused ?? 503);
      return;
    }
    const addedHeaders = this.stickiness?.cookiesOf(target) ?? NO_HEADERS;
    const { count, port, addedMillis } = this;
    Exchange.start({ request, response, target, count, port, addedMillis, isLast, addedHeaders });
  }

  private upgrade(request: IncomingMessage, client: Duplex, head: Buffer): void {
    const { count, port, addedMillis } = this;
    const visit = beginVisit(this.record);
    const refused = refusalOfUpgrade(request);
    const target = refused === undefined ? this.targetOf(request) : undefined;
    // a client that resets its connection is gone, and that is all.
    client.on('error', () => client.destroy());
    if (target === undefined) answerUpgradeItself({ client, count, visit }, refused ?? 503);
    else Upgrade.start({ request, client, head, target, count, port, addedMillis, visit });
  }

  private targetOf({ headers }: IncomingMessage): Target | undefined {
    return this.rotation.next(this.stickiness?.boundTo(headers.cookie));
  }

  private answer(response: ServerResponse, statusCode: OwnStatus): void {
    this.count.ownAnswer(statusCode);
    answerItself(response, statusCode);
  }

  private leave(target: Target, delaySeconds: number): void {
    this.targets.get(target)?.();
    this.targets.delete(target);
    this.stickiness?.remove(target);
    this.draining.set(target, startDraining(this.options.time, target, delaySeconds));
    this.update();
  }

  private update(): void {
    this.rotation.update(this.registered);
    // requests are counted for each target that gets traffic.
    const receiving = this.registered.filter((target) => target.trafficShare > 0);
    this.count.setTargets({ healthy: healthyOf(receiving).length, registered: receiving.length });
  }

  private async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const target of this.registered) this.leave(target, 0);
    const draining = [...this.draining.values()];
    for (const { end } of draining) end();
    await Promise.all([closed, ...draining.map(({ done }) => done)]);
  }
}

function healthyOf(targets: readonly Target[]): Target[] {
  return targets.filter((target) => target.state === 'healthy');
}

function idleTimeoutMillis({ idleTimeoutSeconds = AWS_DEFAULTS.idleTimeoutSeconds }: LoadBalancerOptions): number {
  return idleTimeoutSeconds * 1000;
}
