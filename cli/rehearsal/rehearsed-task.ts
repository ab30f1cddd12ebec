import { InvalidInput } from '../../src/plan/invalid-input';
import type { LoadBalancer } from './load-balancer/load-balancer';
import type { Target } from './load-balancer/target';
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

/** One task of a rehearsal: its process, and its place behind the load balancer. */
export class RehearsedTask {
  private readonly startedAtMillis = performance.now();
  private endedAtMillis?: number;
  private hasServed = false;
  private healthySignal: () => void = () => {};
  private readonly becameHealthy = new Promise<void>((resolve) => {
    this.healthySignal = resolve;
  });
  private target?: Target;

  private constructor(
    private readonly parts: TaskParts,
    private readonly process: TaskProcess,
    private readonly onUnhealthy: () => void,
  ) {
    void process.exited.then(() => {
      this.endedAtMillis = performance.now();
    });
  }

  /**
   * Starts a task.
   *
   * @param onUnhealthy called when a task that served fails its health checks.
   */
  public static async start(parts: TaskParts, onUnhealthy: () => void): Promise<RehearsedTask> {
    return new RehearsedTask(parts, await parts.runtime.run(), onUnhealthy);
  }

  /** The memory that it holds, as of the last report. */
  public get memoryMiB(): number | undefined {
    return this.process.memoryMiB;
  }

  public get exited(): Promise<TaskExit> {
    return this.process.exited;
  }

  public get cpuSeconds(): number {
    return this.process.cpuSeconds;
  }

  /** Seconds of the wall clock that the process has run. */
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
    const limit = AbortSignal.timeout(this.parts.startLimitSeconds * 1000);
    const tooLate = new Promise<'late'>((resolve) => limit.addEventListener('abort', () => resolve('late')));
    const ended = this.exited.then(() => 'ended' as const);
    const listening = untilListening(this.process.port, AbortSignal.any([limit, this.endSignal()]));
    const healthy = listening.then(() => this.register()).then(() => 'healthy' as const);
    const what = await Promise.race([healthy, ended, tooLate]);
    if (what !== 'healthy') throw await this.failure(what);
  }

  /** Takes the task out of service as ECS does: no new requests, then SIGTERM, then, if need be, SIGKILL. */
  public async leave(deregistrationDelaySeconds: number, stopTimeoutSeconds: number): Promise<void> {
    if (this.target !== undefined) await this.parts.balancer.deregister(this.target, deregistrationDelaySeconds);
    await this.process.stop(stopTimeoutSeconds);
  }

  private register(): Promise<void> {
    this.target = this.parts.balancer.register(this.process.port, (target) => {
      if (target.state === 'healthy') {
        this.hasServed = true;
        this.healthySignal();
        // a task that was never healthy is still starting: `untilHealthy` has the last word on it.
      } else if (this.hasServed) this.onUnhealthy();
    });
    return this.becameHealthy;
  }

  private endSignal(): AbortSignal {
    const ended = new AbortController();
    void this.exited.then(() => ended.abort());
    return ended.signal;
  }

  private async failure(what: 'ended' | 'late'): Promise<InvalidInput> {
    const path = this.parts.healthCheckPath;
    const how = what === 'ended' ? await this.howItEnded() : this.howItHangs();
    const words = this.process.lastOutput.trim();
    return new InvalidInput([
      `a task must listen on the port that PORT names and answer GET ${path} with 200, got ${how}\n` +
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
