import { ServiceTask } from '../../src/ecs/service-task';
import type { TaskIdentity } from '../../src/ecs/service-tasks';
import type { TaskSize } from '../../src/plan/task-size';
import type { Target } from '../load-balancer/target';
import type { ProgressStep } from '../progress-step';
import { waitUntilListening } from '../task-runtime/process/ports';
import type { TaskExit, TaskHandle } from '../task-runtime/task-runtime';
import { MAX_START_SECONDS, type TaskParts } from './task-parts';
import { type StartState, startError, startProgressOf } from './task-start';

const FIRST_TASK: TaskIdentity = { number: 1, revision: 0, zone: 0 };

/** A task of this machine: a process or container, and its target at the local load balancer. */
export class LocalTask extends ServiceTask {
  /** Called when its target has become healthy or unhealthy. */
  public onHealthChange: (isHealthy: boolean) => void = () => {};
  /** Why it is about to exit, for the event of its loss; undefined if nothing is known that ends it. */
  public exitCause?: string;
  /** Settles when its target is deregistered; undefined before it was stopped or has exited. */
  public deregistration?: Promise<void>;
  /** Whether a fault fills its memory. */
  public isExhaustingMemory = false;
  /** What it had used when it began to drain or stop. */
  public usageBeforeDraining?: { readonly cpuSeconds: number; readonly runningWallSeconds: number };
  /** When its health check grace period began, in seconds of the scenario. */
  public gracePeriodStartSeconds = 0;
  /** Settles when its process or container has exited. */
  public readonly exited: Promise<TaskExit>;
  private handle?: TaskHandle;
  private target?: Target;
  private startedAtMillis?: number;
  private exitedAtMillis?: number;
  private isDeregistered = false;
  private hasPassedHealthChecks = false;
  private resolveExited: (exit: TaskExit) => void = () => {};
  private resolvePassedHealthChecks: () => void = () => {};
  private readonly passedHealthChecks: Promise<void>;

  public constructor(
    private readonly parts: TaskParts,
    { number, revision, zone }: TaskIdentity = FIRST_TASK,
  ) {
    super(number, revision, zone);
    this.exited = new Promise((resolve) => {
      this.resolveExited = resolve;
    });
    this.passedHealthChecks = new Promise((resolve) => {
      this.resolvePassedHealthChecks = resolve;
    });
  }

  /**
   * Starts its process or container.
   *
   * @throws InputError if the system cannot start it.
   */
  public async start(): Promise<void> {
    const handle = await this.parts.runtime.run();
    this.handle = handle;
    handle.onOutput = (text) => this.parts.onOutput?.(this.number, text);
    this.startedAtMillis = performance.now();
    void handle.exited.then((exit) => {
      this.exitedAtMillis = performance.now();
      this.resolveExited(exit);
    });
  }

  public get hasStarted(): boolean {
    return this.handle !== undefined;
  }

  public get hasExited(): boolean {
    return this.exitedAtMillis !== undefined;
  }

  /** The CPU and the memory that it is limited to. */
  public get size(): TaskSize {
    return this.parts.size;
  }

  /** The state of its target, and why its last failed health check failed; undefined while it is not registered. */
  public get targetHealth(): Pick<Target, 'state' | 'lastFailure'> | undefined {
    return this.target;
  }

  /** The port that it listens on; 0 before it has started. */
  public get port(): number {
    return this.handle?.port ?? 0;
  }

  /** The memory that it uses, as of the last report. */
  public get memoryMiB(): number | undefined {
    return this.handle?.memoryMiB;
  }

  public get cpuSeconds(): number {
    return this.handle?.cpuSeconds ?? 0;
  }

  /** How long it has run, in seconds of the wall clock. */
  public get runningWallSeconds(): number {
    if (this.startedAtMillis === undefined) return 0;
    return ((this.exitedAtMillis ?? performance.now()) - this.startedAtMillis) / 1000;
  }

  /** The time that is billed so far, in seconds of the scenario. */
  public get billedSecondsNow(): number {
    return this.billedSeconds(this.parts.clock.nowSeconds);
  }

  /** Requests that it has responded to. */
  public get servedRequests(): number {
    return this.target?.servedRequests ?? 0;
  }

  public get inFlightRequests(): number {
    return this.target?.connections.inFlightCount ?? 0;
  }

  /** How long the oldest request in flight has waited for its response, on the wall clock. */
  public get longestWaitSeconds(): number {
    return this.target?.connections.longestInFlightSeconds ?? 0;
  }

  /** Whether a fault is active that may make it unhealthy. */
  public get hasActiveFault(): boolean {
    return this.isExhaustingMemory || this.pauseFaultCount > 0 || this.healthCheckFaultCount > 0 || this.relativeSpeed !== 1;
  }

  /** What its start waits for; undefined before its process is started, and once it has been healthy. */
  public get startProgress(): ProgressStep | undefined {
    if (this.hasPassedHealthChecks || !this.hasStarted) return undefined;
    return startProgressOf(this.startState);
  }

  /**
   * Waits until the task listens, registers it, and waits until it is healthy.
   *
   * It is registered only once it listens: a start cannot be sped up, and the sped-up health checks would fail a slow start.
   *
   * @throws InputError with the task's last output if it exits or takes too long.
   */
  public async waitUntilHealthy(): Promise<void> {
    const timeout = AbortSignal.timeout(this.maxStartSeconds * 1000);
    const timedOut = new Promise<number>((resolve) => timeout.addEventListener('abort', () => resolve(this.maxStartSeconds)));
    const healthy = this.waitUntilListening().then(async (isListening) => {
      if (!isListening) return timedOut;
      this.register();
      await this.passedHealthChecks;
      return 'healthy' as const;
    });
    const result = await Promise.race([healthy, this.exited, timedOut]);
    if (result !== 'healthy') throw startError(this.startState, result, this.handle?.lastOutput ?? '');
    if (this.parts.coreSpeed !== undefined) this.applySpeed();
  }

  /** Waits until it listens on its port; false if it exits before that, or takes too long. */
  public async waitUntilListening(): Promise<boolean> {
    const exit = new AbortController();
    void this.exited.then(() => exit.abort());
    const exitOrTimeout = AbortSignal.any([AbortSignal.timeout(this.maxStartSeconds * 1000), exit.signal]);
    const failed = new Promise<false>((resolve) => exitOrTimeout.addEventListener('abort', () => resolve(false)));
    return Promise.race([waitUntilListening(this.port, exitOrTimeout).then(() => true), failed]);
  }

  /** Deregisters its target; settles when the requests in flight have their response and the delay has passed. */
  public async deregister(delaySeconds: number): Promise<void> {
    this.isDeregistered = true;
    if (this.target !== undefined) await this.parts.balancer.deregister(this.target, delaySeconds);
  }

  /** Stops it as ECS does: it is drained, then gets SIGTERM, and SIGKILL after the stop timeout. */
  public async drainAndStop(deregistrationDelaySeconds: number, stopTimeoutSeconds: number): Promise<void> {
    await this.deregister(deregistrationDelaySeconds);
    await this.terminate(stopTimeoutSeconds);
  }

  /** Sends SIGTERM, and SIGKILL after this time on the wall clock. */
  public async terminate(stopTimeoutSeconds: number): Promise<void> {
    await this.handle?.stop(stopTimeoutSeconds);
  }

  /** Sends SIGKILL. */
  public kill(): void {
    this.handle?.kill();
  }

  /** Pauses its processes. Requests and health checks then time out. */
  public pause(): void {
    this.handle?.pause();
    this.updateLoadBalancerTarget();
  }

  public unpause(): void {
    this.updateLoadBalancerTarget();
    this.handle?.unpause();
  }

  public exhaustMemory(): void {
    this.isExhaustingMemory = true;
    this.handle?.exhaustMemory();
  }

  public applySpeed(): void {
    this.handle?.setRelativeSpeed((this.parts.coreSpeed ?? 1) * this.relativeSpeed, this.cpuShare);
  }

  /** Passes the traffic share and the faults of the task to its target. */
  public updateLoadBalancerTarget(): void {
    if (this.target === undefined) return;
    this.target.trafficShare = this.trafficShare;
    this.target.isInNewTargetGroup = this.isInNewTargetGroup;
    this.target.failsHealthChecks = this.healthCheckFaultCount > 0;
    this.target.isPaused = this.pauseFaultCount > 0;
  }

  private get maxStartSeconds(): number {
    return this.parts.maxStartSeconds ?? MAX_START_SECONDS;
  }

  private get startState(): StartState {
    return {
      healthCheckPath: this.parts.healthCheckPath,
      port: this.port,
      containerPort: this.parts.runtime.containerPort,
      isRegistered: this.target !== undefined,
      lastFailure: this.target?.lastFailure,
    };
  }

  private register(): void {
    // it may have been stopped, or have exited, while it was starting.
    if (this.isDeregistered || this.hasExited) return;
    const onHealthChange = ({ state }: Target): void => this.changeHealth(state === 'healthy');
    const { balancer, targetGroupOf } = this.parts;
    this.target = balancer.register(this.port, onHealthChange, this.registrationLagSeconds, targetGroupOf?.(this.revision));
    this.updateLoadBalancerTarget();
  }

  private changeHealth(isHealthy: boolean): void {
    if (isHealthy) {
      this.hasPassedHealthChecks = true;
      this.resolvePassedHealthChecks();
    }
    this.onHealthChange(isHealthy);
  }
}
