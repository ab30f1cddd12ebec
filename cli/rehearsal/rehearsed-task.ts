import { InvalidInput } from '../../src/plan/invalid-input';
import type { LoadBalancer } from './load-balancer/load-balancer';
import type { Target } from './load-balancer/target';
import type { Phase } from './phase';
import { exitInWords, type TaskExit } from './tasks/task-exit';
import type { TaskProcess } from './tasks/task-process';
import type { TaskRuntime } from './tasks/task-runtime';
import { untilListening } from './tasks/until-listening';

/** A task that has not opened its port, or is not healthy, after so long on the wall clock never will be. */
export const START_LIMIT_SECONDS = 60;

/** What a task needs to start and to stop. */
export interface TaskParts {
  readonly runtime: TaskRuntime;
  readonly balancer: LoadBalancer;
  readonly healthCheckPath: string;
  /** How long a task may take until it is healthy, on the wall clock. */
  readonly startLimitSeconds: number;
}

/** One task of a rehearsal: what runs, and its place behind the load balancer. */
export class RehearsedTask {
  private readonly startedAtMillis = performance.now();
  private endedAtMillis?: number;
  private trafficShare = 1;
  private failsChecks = false;
  private isFrozen = false;
  private hasLeft = false;
  private wasHealthy = false;
  private target?: Target;
  private healthySignal: () => void = () => {};
  private readonly becameHealthy = new Promise<void>((resolve) => {
    this.healthySignal = resolve;
  });

  private constructor(
    private readonly parts: TaskParts,
    public readonly process: TaskProcess,
    private readonly onHealthChange: (isHealthy: boolean) => void,
  ) {
    void process.exited.then(() => {
      this.endedAtMillis = performance.now();
    });
  }

  /**
   * Starts a task.
   *
   * @param onHealthChange told whenever the load balancer has come to think otherwise of its health.
   */
  public static async start(parts: TaskParts, onHealthChange: (isHealthy: boolean) => void = () => {}): Promise<RehearsedTask> {
    return new RehearsedTask(parts, await parts.runtime.run(), onHealthChange);
  }

  public get exited(): Promise<TaskExit> {
    return this.process.exited;
  }

  public get hasEnded(): boolean {
    return this.endedAtMillis !== undefined;
  }

  /** The memory that it holds, as of the last report. */
  public get memoryMiB(): number | undefined {
    return this.process.memoryMiB;
  }

  public get cpuSeconds(): number {
    return this.process.cpuSeconds;
  }

  /** Seconds of the wall clock that it has run. */
  public get ranSeconds(): number {
    return ((this.endedAtMillis ?? performance.now()) - this.startedAtMillis) / 1000;
  }

  /**
   * Waits until the task listens, registers it, and waits until it is healthy.
   *
   * It is registered only once it listens: a start cannot be sped up, and the
   * sped-up health checks would take a slow start for a failure.
   *
   * @throws InvalidInput with the task's own last words where it does not get there.
   */
  public async untilHealthy(): Promise<void> {
    const healthy = this.untilListening().then(async (isListening) => {
      if (!isListening) return 'late' as const;
      this.register();
      await this.becameHealthy;
      return 'healthy' as const;
    });
    const ended = this.exited.then(() => 'ended' as const);
    const limit = AbortSignal.timeout(this.parts.startLimitSeconds * 1000);
    const tooLate = new Promise<'late'>((resolve) => limit.addEventListener('abort', () => resolve('late')));
    const what = await Promise.race([healthy, ended, tooLate]);
    if (what !== 'healthy') throw await this.failure(what);
  }

  /** What its start waits for; undefined once it has been healthy. */
  public get startPhase(): Phase | undefined {
    if (this.wasHealthy) return undefined;
    const { healthCheckPath: path } = this.parts;
    if (this.target === undefined) return { name: 'waiting for the task to open its port', hint: this.portHint };
    const { lastFailure } = this.target;
    return {
      name: `waiting for GET ${path} to answer 200`,
      soFar: lastFailure === undefined ? undefined : `so far ${lastFailure}`,
      hint: `the load balancer sends a task requests only once GET ${path} answers 200: name the path that does with --set healthCheck.path=/…`,
    };
  }

  /** Waits until something listens on its port; false where it has ended before, or its time is over. */
  public async untilListening(): Promise<boolean> {
    const ended = new AbortController();
    void this.exited.then(() => ended.abort());
    const limit = AbortSignal.any([AbortSignal.timeout(this.parts.startLimitSeconds * 1000), ended.signal]);
    const over = new Promise<false>((resolve) => limit.addEventListener('abort', () => resolve(false)));
    return Promise.race([untilListening(this.process.port, limit).then(() => true), over]);
  }

  /** Takes the task out of the load balancer; settles when it has answered what it was asked, and the delay has passed. */
  public async deregister(delaySeconds: number): Promise<void> {
    this.hasLeft = true;
    if (this.target !== undefined) await this.parts.balancer.deregister(this.target, delaySeconds);
  }

  /** Takes the task out of service as ECS does: no new requests, then SIGTERM, then, if need be, SIGKILL. */
  public async leave(deregistrationDelaySeconds: number, stopTimeoutSeconds: number): Promise<void> {
    await this.deregister(deregistrationDelaySeconds);
    await this.process.stop(stopTimeoutSeconds);
  }

  /** Lets the load balancer take every answer to its health checks for a failure, or no longer. */
  public setFailsChecks(failsChecks: boolean): void {
    this.failsChecks = failsChecks;
    if (this.target !== undefined) this.target.failChecks = failsChecks;
  }

  /** Lets all of it stand still, and the load balancer wait for nothing. */
  public freeze(): void {
    this.process.freeze();
    this.setFrozen(true);
  }

  public thaw(): void {
    this.setFrozen(false);
    this.process.thaw();
  }

  /** How much of the traffic it gets beside others, once the load balancer looks at the shares again. */
  public setTrafficShare(share: number): void {
    this.trafficShare = share;
    if (this.target !== undefined) this.target.trafficShare = share;
  }

  /** Requests that it has answered so far. */
  public get answeredRequests(): number {
    return this.target?.answeredRequests ?? 0;
  }

  /** Requests that it works on. */
  public get inFlightRequests(): number {
    return this.target?.connections.busyCount ?? 0;
  }

  /** How long the oldest of them has waited for its answer, on the wall clock. */
  public get longestWaitSeconds(): number {
    return this.target?.connections.longestBusySeconds ?? 0;
  }

  private get portHint(): string {
    const { portInside } = this.parts.runtime;
    return portInside === undefined
      ? `nothing listens on port ${this.process.port} yet, which PORT names: the program has to read PORT, and to listen on no port of its own`
      : `nothing listens on port ${portInside} yet, which the template says that the container does: listen there, on all addresses, or name another with --set container.port=…`;
  }

  private setFrozen(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    if (this.target !== undefined) this.target.isFrozen = isFrozen;
  }

  private register(): void {
    // it may have been let go of, or have ended, while it was starting.
    if (this.hasLeft || this.hasEnded) return;
    this.target = this.parts.balancer.register(this.process.port, ({ state }) => {
      if (state === 'healthy') this.becomeHealthy();
      this.onHealthChange(state === 'healthy');
    });
    this.target.trafficShare = this.trafficShare;
    this.target.failChecks = this.failsChecks;
    this.target.isFrozen = this.isFrozen;
  }

  private becomeHealthy(): void {
    this.wasHealthy = true;
    this.healthySignal();
  }

  private async failure(what: 'ended' | 'late'): Promise<InvalidInput> {
    const path = this.parts.healthCheckPath;
    const how = what === 'ended' ? await this.howItEnded() : this.howItHangs();
    const words = this.process.lastOutput.trim();
    const hint = what === 'late' ? `: ${this.startPhase?.hint}` : '';
    return new InvalidInput([
      `a task must listen on the port that PORT names and answer GET ${path} with 200, got ${how}${hint}\n` +
        `${words === '' ? 'it wrote nothing' : `its last lines:\n${words}`}`,
    ]);
  }

  private async howItEnded(): Promise<string> {
    return `a process that ended with ${exitInWords(await this.exited)}`;
  }

  private howItHangs(): string {
    if (this.target === undefined) return `a port that did not open in ${this.parts.startLimitSeconds} seconds`;
    return `${this.target.lastFailure ?? 'no answer'} for ${this.parts.startLimitSeconds} seconds`;
  }
}
