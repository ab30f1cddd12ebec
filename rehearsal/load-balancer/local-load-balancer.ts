import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import type { HealthCheck } from '../../src/plan/health-check';
import type { Routing } from '../../src/plan/routing';
import type { Cancel, Clock } from '../../src/time/clock';
import { RequestLog } from '../request-log/request-log';
import { sendGeneratedUpgradeResponse, Upgrade } from './connection-upgrade';
import { type Draining, startDraining } from './draining';
import { type GeneratedStatus, sendGeneratedResponse } from './generated-response';
import { startHealthChecks } from './health-checks';
import { createListener, listen } from './http-listener';
import { type LoadBalancerCounters, LoadBalancerMetrics } from './load-balancer-metrics';
import { ProxiedRequest } from './proxied-request';
import { isAmbiguous, rejectionStatusOf, upgradeRejectionStatusOf } from './request-rules';
import { createRouter } from './routing-algorithms';
import { Stickiness } from './stickiness';
import { Target } from './target';
import { TargetSelector } from './weighted-target-groups';

export { assertPortIsFree } from './http-listener';
export type { Target } from './target';

export interface LoadBalancerOptions {
  readonly clock: Clock;
  readonly healthCheck: HealthCheck;
  /**
   * How requests are distributed to the targets.
   *
   * @default round robin
   */
  readonly routing?: Routing;
  /** Health checks that a new target must pass before it gets requests. */
  readonly initialHealthChecks: number;
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * How long a target may send nothing during a request, and a client nothing between two requests, on the wall clock.
   *
   * @default 60, as for an Application Load Balancer
   */
  readonly idleTimeoutSeconds?: number;
}

const ROUND_ROBIN: Routing = { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false };

const NO_HEADERS: readonly string[] = [];

/** An HTTP load balancer on this machine that behaves as an Application Load Balancer. */
export class LoadBalancer {
  /** The requests of its clients. */
  public readonly requestLog = new RequestLog(RequestLog.allocateMemory());
  private readonly selector: TargetSelector;
  private readonly stickiness?: Stickiness;
  /** The registered targets, each with the function that stops its health checks. */
  private readonly targets = new Map<Target, Cancel>();
  private readonly drainingTargets = new Map<Target, Draining>();
  /** Client connections that are used for no further request, because it would not be sure where that request starts. */
  private readonly closingSockets = new WeakSet<Socket>();
  private addedDelayMillis = 0;
  private stopPromise?: Promise<void>;

  private constructor(
    private readonly options: LoadBalancerOptions,
    private readonly server: Server,
    private readonly port: number,
    private readonly metrics: LoadBalancerMetrics,
  ) {
    const { routing = ROUND_ROBIN, clock } = options;
    this.selector = new TargetSelector(() => createRouter(routing, clock));
    if (routing.stickinessSeconds !== undefined) this.stickiness = new Stickiness(clock, routing.stickinessSeconds);
    server.on('request', (request, response) => this.forward(request, response));
    server.on('upgrade', (request, client, head) => this.upgrade(request, client, head));
  }

  public static async start(options: LoadBalancerOptions): Promise<LoadBalancer> {
    const metrics = new LoadBalancerMetrics();
    const server = createListener(idleTimeoutMillis(options), (statusCode) => metrics.countGeneratedResponse(statusCode));
    return new LoadBalancer(options, server, await listen(server, options.port), metrics);
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public get healthyCount(): number {
    return healthyTargetsOf(this.registeredTargets).length;
  }

  /** The counters since the start. */
  public get counters(): LoadBalancerCounters {
    return this.metrics.read();
  }

  /**
   * Registers a port of this machine as a target and starts its health checks.
   *
   * @param onHealthChange called whenever the target becomes healthy or unhealthy.
   * @param firstCheckAfterSeconds from now until its first health check.
   */
  public register(port: number, onHealthChange: (target: Target) => void = () => {}, firstCheckAfterSeconds = 0): Target {
    const { clock, healthCheck, initialHealthChecks } = this.options;
    const target = new Target({
      port,
      thresholds: { ...healthCheck, initialHealthChecks },
      idleTimeoutMillis: idleTimeoutMillis(this.options),
    });
    const checked = { port, healthCheck, firstCheckAfterSeconds, isPaused: () => target.isPaused };
    const stopChecks = startHealthChecks(clock, checked, (failure) => {
      const { state, isFailing } = target;
      target.recordHealthCheck(failure);
      if (target.state !== state || target.isFailing !== isFailing) this.updateTargets();
      if (target.state !== state) onHealthChange(target);
    });
    this.targets.set(target, stopChecks);
    this.stickiness?.add(target);
    // a task may become ready after the load balancer was stopped.
    if (this.stopPromise !== undefined) this.removeTarget(target, 0);
    this.updateTargets();
    return target;
  }

  /**
   * Deregisters a target. Resolves when the delay has passed on the scenario's clock, the target's in-flight requests have ended, and
   * its connections are closed.
   */
  public async deregister(target: Target, delaySeconds: number): Promise<void> {
    if (this.targets.has(target)) this.removeTarget(target, delaySeconds);
    await this.drainingTargets.get(target)?.closed;
    this.drainingTargets.delete(target);
  }

  /** To be called after the traffic share of a target has changed. */
  public updateTrafficShares(): void {
    this.updateTargets();
  }

  /**
   * Delays each request to a target from now on, as a slow dependency does; 0 ends the delay. Health checks do not use the dependency
   * and are not delayed.
   *
   * @param seconds the delay on the wall clock.
   */
  public setAddedDelaySeconds(seconds: number): void {
    this.addedDelayMillis = seconds * 1000;
  }

  /** Closes every connection. May be called twice. */
  public stop(): Promise<void> {
    this.stopPromise ??= this.close();
    return this.stopPromise;
  }

  private get registeredTargets(): Target[] {
    return [...this.targets.keys()];
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    // the request may have been smuggled in the previous one, which was ambiguous.
    if (this.closingSockets.has(request.socket)) return;
    const trackedRequest = this.requestLog.trackRequest();
    response.once('close', () => trackedRequest.end(response.writableFinished ? response.statusCode : 0));
    const rejection = rejectionStatusOf(request);
    const target = rejection === undefined ? this.chooseTarget(request) : undefined;
    const isLast = rejection !== undefined || isAmbiguous(request);
    if (isLast) {
      this.closingSockets.add(request.socket);
      response.shouldKeepAlive = false;
    }
    if (target === undefined) {
      this.sendGenerated(response, rejection ?? 503);
      return;
    }
    const addedHeaders = this.stickiness?.cookiesOf(target) ?? NO_HEADERS;
    const { metrics, port, addedDelayMillis } = this;
    ProxiedRequest.start({ request, response, target, metrics, port, addedDelayMillis, isLast, addedHeaders });
  }

  private upgrade(request: IncomingMessage, client: Duplex, head: Buffer): void {
    const { metrics, port, addedDelayMillis } = this;
    const trackedRequest = this.requestLog.trackRequest();
    const rejection = upgradeRejectionStatusOf(request);
    const target = rejection === undefined ? this.chooseTarget(request) : undefined;
    // a reset by the client is not an error of the load balancer.
    client.on('error', () => client.destroy());
    if (target === undefined) sendGeneratedUpgradeResponse({ client, metrics, trackedRequest }, rejection ?? 503);
    else Upgrade.start({ request, client, head, target, metrics, port, addedDelayMillis, trackedRequest });
  }

  private chooseTarget({ headers }: IncomingMessage): Target | undefined {
    return this.selector.next(this.stickiness?.targetOf(headers.cookie));
  }

  private sendGenerated(response: ServerResponse, statusCode: GeneratedStatus): void {
    this.metrics.countGeneratedResponse(statusCode);
    sendGeneratedResponse(response, statusCode);
  }

  private removeTarget(target: Target, delaySeconds: number): void {
    this.targets.get(target)?.();
    this.targets.delete(target);
    this.stickiness?.remove(target);
    this.drainingTargets.set(target, startDraining(this.options.clock, target, delaySeconds));
    this.updateTargets();
  }

  private updateTargets(): void {
    this.selector.update(this.registeredTargets);
    // RequestCountPerTarget is the average over targets that get traffic.
    const receiving = this.registeredTargets.filter((target) => target.trafficShare > 0);
    this.metrics.setTargets({ healthy: healthyTargetsOf(receiving).length, registered: receiving.length });
  }

  private async close(): Promise<void> {
    const serverClosed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const target of this.registeredTargets) this.removeTarget(target, 0);
    const drainings = [...this.drainingTargets.values()];
    for (const { closeNow } of drainings) closeNow();
    await Promise.all([serverClosed, ...drainings.map(({ closed }) => closed)]);
  }
}

function healthyTargetsOf(targets: readonly Target[]): Target[] {
  return targets.filter((target) => target.state === 'healthy');
}

function idleTimeoutMillis({ idleTimeoutSeconds = AWS_DEFAULTS.idleTimeoutSeconds }: LoadBalancerOptions): number {
  return idleTimeoutSeconds * 1000;
}
