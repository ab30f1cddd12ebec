import type { Socket } from 'node:net';
import type { Cancel } from '../../src/time/clock';
import { headerValue, type RequestHead } from '../http/message-head';
import { RequestLog } from '../request-log/request-log';
import type { ClientRequest } from './client-request';
import { sendGeneratedUpgradeResponse, Upgrade } from './connection-upgrade';
import { type Draining, startDraining } from './draining';
import { type GeneratedStatus, sendGeneratedResponse } from './generated-response';
import { startHealthChecks } from './health-checks';
import { HttpListener } from './http-listener';
import { type LoadBalancerCounters, LoadBalancerMetrics } from './load-balancer-metrics';
import { idleTimeoutMillis, type LoadBalancerOptions, ROUND_ROBIN } from './load-balancer-options';
import { ProxiedRequest } from './proxied-request';
import type { RequestListener } from './request-listener';
import { isAmbiguous, rejectionStatusOf, upgradeRejectionStatusOf } from './request-rules';
import { createRouter } from './routing-algorithms';
import { Stickiness } from './stickiness';
import { Target } from './target';
import { countReceiving, healthyCountOf, type RequestedTargets, TargetGroupMembers } from './target-group-members';
import { TargetSelector } from './weighted-target-groups';

export { assertPortIsFree } from './http-listener';
export type { LoadBalancerOptions } from './load-balancer-options';
export type { Target } from './target';

/** An HTTP load balancer on this machine that behaves as an Application Load Balancer. */
export class LoadBalancer implements RequestListener {
  /** The requests of its clients. */
  public readonly requestLog = new RequestLog(RequestLog.allocateMemory());
  public readonly selector: TargetSelector;
  private readonly stickiness?: Stickiness;
  /** The registered targets, each with the function that stops its health checks. */
  private readonly targets = new Map<Target, Cancel>();
  private readonly drainingTargets = new Map<Target, Draining>();
  public readonly metrics = new LoadBalancerMetrics();
  /** The target groups that have a name. */
  private readonly groups = new Map<string, TargetGroupMembers>();
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
    return healthyCountOf(this.registeredTargets);
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
   * @param groupName the target group that it is in, for what is sent to that group alone.
   */
  public register(
    port: number,
    onHealthChange: (target: Target) => void = () => {},
    firstCheckAfterSeconds = 0,
    groupName?: string,
  ): Target {
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
    if (groupName !== undefined) this.targetGroup(groupName).add(target);
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
    this.handleRequest(request, this);
  }

  /** Forwards a request for another protocol to a target. */
  public onUpgrade(request: RequestHead, client: Socket, rest: Buffer): void {
    this.handleUpgrade(request, client, rest, this);
  }

  /** What forwards requests to the targets of one group alone, whatever their share of the traffic is. */
  public listenerOf(groupName: string): RequestListener {
    const group = this.targetGroup(groupName);
    return {
      onRequest: (request) => this.handleRequest(request, group),
      onUpgrade: (request, client, rest) => this.handleUpgrade(request, client, rest, group),
      onRejection: (statusCode) => this.onRejection(statusCode),
    };
  }

  /** The counters of one target group since the start. */
  public countersOf(groupName: string): LoadBalancerCounters {
    return this.targetGroup(groupName).metrics.read();
  }

  private handleRequest(request: ClientRequest, group: RequestedTargets): void {
    const trackedRequest = this.requestLog.trackRequest();
    request.onOver((isComplete) => trackedRequest.end(isComplete ? request.statusCode : 0));
    const rejection = rejectionStatusOf(request.head);
    const target = rejection === undefined ? this.chooseTarget(request.head, group) : undefined;
    request.isAmbiguous = isAmbiguous(request.head);
    if (rejection !== undefined || request.isAmbiguous) request.isLast = true;
    if (target === undefined) sendGenerated(request, group, rejection ?? 503);
    else this.forward(request, target, group);
  }

  private handleUpgrade(request: RequestHead, client: Socket, rest: Buffer, group: RequestedTargets): void {
    const { addedDelayMillis, port } = this;
    const { metrics } = group;
    const trackedRequest = this.requestLog.trackRequest();
    const rejection = upgradeRejectionStatusOf(request);
    const target = rejection === undefined ? this.chooseTarget(request, group) : undefined;
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

  private targetGroup(name: string): TargetGroupMembers {
    const existing = this.groups.get(name);
    if (existing !== undefined) return existing;
    const { routing = ROUND_ROBIN, clock } = this.options;
    const group = new TargetGroupMembers(() => createRouter(routing, clock), this.metrics);
    this.groups.set(name, group);
    return group;
  }

  private forward(request: ClientRequest, target: Target, { metrics }: RequestedTargets): void {
    const addedHeaders = this.stickiness?.cookiesOf(target) ?? '';
    const { addedDelayMillis, port } = this;
    ProxiedRequest.start({ request, target, metrics, port, addedDelayMillis, addedHeaders });
  }

  private chooseTarget({ rawHeaders }: RequestHead, { selector }: RequestedTargets): Target | undefined {
    return selector.next(this.stickiness?.targetOf(headerValue(rawHeaders, 'cookie')));
  }

  private removeTarget(target: Target, delaySeconds: number): void {
    this.targets.get(target)?.();
    this.targets.delete(target);
    this.stickiness?.remove(target);
    for (const group of this.groups.values()) group.remove(target);
    this.drainingTargets.set(target, startDraining(this.options.clock, target, delaySeconds));
    this.updateTargets();
  }

  private updateTargets(): void {
    this.selector.update(this.registeredTargets);
    for (const group of this.groups.values()) group.update();
    this.metrics.setTargets(countReceiving(this.registeredTargets));
  }

  private async close(): Promise<void> {
    const listenerClosed = this.options.port === undefined ? undefined : this.listener.close();
    for (const target of this.registeredTargets) this.removeTarget(target, 0);
    const drainings = [...this.drainingTargets.values()];
    for (const { closeNow } of drainings) closeNow();
    await Promise.all([listenerClosed, ...drainings.map(({ closed }) => closed)]);
  }
}

function sendGenerated(request: ClientRequest, { metrics }: RequestedTargets, statusCode: GeneratedStatus): void {
  metrics.countGeneratedResponse(statusCode);
  sendGeneratedResponse(request, statusCode);
}
