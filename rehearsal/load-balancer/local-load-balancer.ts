import type { Socket } from 'node:net';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import type { HealthCheck } from '../../src/plan/health-check';
import type { Routing } from '../../src/plan/routing';
import type { Cancel, Clock } from '../../src/time/clock';
import { headerValue, type RequestHead } from '../http/message-head';
import { RequestLog } from '../request-log/request-log';
import type { ClientRequest } from './client-request';
import { sendGeneratedUpgradeResponse, Upgrade } from './connection-upgrade';
import { type Draining, startDraining } from './draining';
import { type GeneratedStatus, sendGeneratedResponse } from './generated-response';
import { startHealthChecks } from './health-checks';
import { HttpListener } from './http-listener';
import { type LoadBalancerCounters, LoadBalancerMetrics } from './load-balancer-metrics';
import { ProxiedRequest } from './proxied-request';
import type { RequestListener } from './request-listener';
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
  /**
   * The port that it listens on; 0 takes any free one.
   *
   * @default - it does not listen: its requests are those that `onRequest` and `onUpgrade` are called with
   */
  readonly port?: number;
  /**
   * The port that targets get in X-Forwarded-Port.
   *
   * @default - the one that it listens on
   */
  readonly forwardedPort?: number;
  /**
   * How long a target may send nothing during a request, and a client nothing between two requests, on the wall clock.
   *
   * @default 60, as for an Application Load Balancer
   */
  readonly idleTimeoutSeconds?: number;
}

const ROUND_ROBIN: Routing = { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false };

/** An HTTP load balancer on this machine that behaves as an Application Load Balancer. */
export class LoadBalancer implements RequestListener {
  /** The requests of its clients. */
  public readonly requestLog = new RequestLog(RequestLog.allocateMemory());
  private readonly selector: TargetSelector;
  private readonly stickiness?: Stickiness;
  /** The registered targets, each with the function that stops its health checks. */
  private readonly targets = new Map<Target, Cancel>();
  private readonly drainingTargets = new Map<Target, Draining>();
  private readonly metrics = new LoadBalancerMetrics();
  private readonly listener: HttpListener;
  private addedDelayMillis = 0;
  private stopPromise?: Promise<void>;

  private constructor(private readonly options: LoadBalancerOptions) {
    const { routing = ROUND_ROBIN, clock } = options;
    this.selector = new TargetSelector(() => createRouter(routing, clock));
    if (routing.stickinessSeconds !== undefined) this.stickiness = new Stickiness(clock, routing.stickinessSeconds);
    this.listener = new HttpListener(idleTimeoutMillis(options), this);
  }

  public static async start(options: LoadBalancerOptions): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(options);
    if (options.port !== undefined) await balancer.listener.listen(options.port);
    return balancer;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.listener.port}`;
  }

  private get port(): number {
    return this.options.forwardedPort ?? this.listener.port;
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

  /** Forwards a request to a target. */
  public onRequest(request: ClientRequest): void {
    const trackedRequest = this.requestLog.trackRequest();
    request.onOver((isComplete) => trackedRequest.end(isComplete ? request.statusCode : 0));
    const rejection = rejectionStatusOf(request.head);
    const target = rejection === undefined ? this.chooseTarget(request.head) : undefined;
    request.isAmbiguous = isAmbiguous(request.head);
    if (rejection !== undefined || request.isAmbiguous) request.isLast = true;
    if (target === undefined) this.sendGenerated(request, rejection ?? 503);
    else this.forward(request, target);
  }

  /** Forwards a request for another protocol to a target. */
  public onUpgrade(request: RequestHead, client: Socket, rest: Buffer): void {
    const { metrics, addedDelayMillis, port } = this;
    const trackedRequest = this.requestLog.trackRequest();
    const rejection = upgradeRejectionStatusOf(request);
    const target = rejection === undefined ? this.chooseTarget(request) : undefined;
    // a reset by the client is not an error of the load balancer.
    client.on('error', () => client.destroy());
    if (target === undefined) sendGeneratedUpgradeResponse({ client, metrics, trackedRequest }, rejection ?? 503);
    else Upgrade.start({ request, client, head: rest, target, metrics, port, addedDelayMillis, trackedRequest });
  }

  /** Counts a request that was rejected before it was complete. */
  public onRejection(statusCode: GeneratedStatus): void {
    this.metrics.countGeneratedResponse(statusCode);
  }

  private get registeredTargets(): Target[] {
    return [...this.targets.keys()];
  }

  private forward(request: ClientRequest, target: Target): void {
    const addedHeaders = this.stickiness?.cookiesOf(target) ?? '';
    const { metrics, addedDelayMillis, port } = this;
    ProxiedRequest.start({ request, target, metrics, port, addedDelayMillis, addedHeaders });
  }

  private chooseTarget({ rawHeaders }: RequestHead): Target | undefined {
    return this.selector.next(this.stickiness?.targetOf(headerValue(rawHeaders, 'cookie')));
  }

  private sendGenerated(request: ClientRequest, statusCode: GeneratedStatus): void {
    this.metrics.countGeneratedResponse(statusCode);
    sendGeneratedResponse(request, statusCode);
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
    const listenerClosed = this.options.port === undefined ? undefined : this.listener.close();
    for (const target of this.registeredTargets) this.removeTarget(target, 0);
    const drainings = [...this.drainingTargets.values()];
    for (const { closeNow } of drainings) closeNow();
    await Promise.all([listenerClosed, ...drainings.map(({ closed }) => closed)]);
  }
}

function healthyTargetsOf(targets: readonly Target[]): Target[] {
  return targets.filter((target) => target.state === 'healthy');
}

function idleTimeoutMillis({ idleTimeoutSeconds = AWS_DEFAULTS.idleTimeoutSeconds }: LoadBalancerOptions): number {
  return idleTimeoutSeconds * 1000;
}
