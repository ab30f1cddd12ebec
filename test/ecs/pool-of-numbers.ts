import { ServiceScheduler } from '../../src/ecs/service-scheduler';
import { ServiceTask } from '../../src/ecs/service-task';
import { TaskClock } from '../../src/ecs/task-clock';
import type { TaskPool } from '../../src/ecs/task-pool';
import { TasksByState } from '../../src/ecs/tasks-by-state';
import { Zones } from '../../src/ecs/zones';
import type { Deployment } from '../../src/plan/deployment-settings';
import type { OutcomeEventKind } from '../../src/run/outcome';
import { SimulatedClock } from '../../src/time/simulated-clock';

/** How long a task takes to become healthy, and to stop. */
export const START_SECONDS = 10;
export const GO_SECONDS = 5;

/** How long a Lambda function takes at a lifecycle stage. */
export const LAMBDA_SECONDS = 30;

export class NumberedTask extends ServiceTask {}

/** The simplest task pool: tasks become healthy some seconds after their launch, and stop some seconds after they drain. */
class PoolOfNumbers implements TaskPool<NumberedTask> {
  public all: readonly NumberedTask[] = [];
  public readonly zones = new Zones(2);
  public readonly byState = new TasksByState<NumberedTask>();
  public maxAtOnce = 0;
  private launched = 0;
  public minHealthy = Number.POSITIVE_INFINITY;
  public onChange: () => void = () => {};
  public onLost: () => void = () => {};
  public onHealthy: (task: NumberedTask) => void = () => {};
  public onFailed: (task: NumberedTask) => void = () => {};
  /** Called for each effect of a fault. */
  public onEffect: (what: string, task: NumberedTask, value?: string) => void = () => {};
  public isBad: (task: NumberedTask) => boolean = () => false;

  public constructor(private readonly clock: SimulatedClock) {}

  /** All tasks since the start. */
  public get launchedCount(): number {
    return this.launched;
  }

  public get healthyCount(): number {
    return this.all.filter((task) => task.isHealthy).length;
  }

  public addHealthy(revision: number): void {
    this.becomeHealthy(this.add(revision));
  }

  public launch(revision: number): NumberedTask {
    const task = this.add(revision);
    this.clock.after(START_SECONDS, () => (this.isBad(task) ? this.fail(task) : this.becomeHealthy(task)));
    return task;
  }

  public drain(task: NumberedTask): void {
    task.update({ status: 'DEACTIVATING', isHealthy: false });
    this.note();
    this.clock.after(GO_SECONDS, () => this.drop(task));
  }

  public stop(task: NumberedTask): void {
    this.kill(task);
  }

  public kill(task: NumberedTask): void {
    const wasActive = task.isActive;
    this.drop(task);
    if (wasActive) this.onLost();
  }

  public exhaustMemory(task: NumberedTask): void {
    this.onEffect('exhaust memory of', task);
  }

  public pause(task: NumberedTask): void {
    this.onEffect('pause', task);
  }

  public unpause(task: NumberedTask): void {
    this.onEffect('unpause', task);
  }

  public applyHealthCheckResult(task: NumberedTask): void {
    this.onEffect('checks of', task, `: ${task.healthCheckFaultCount}`);
  }

  public applySpeed(task: NumberedTask): void {
    this.onEffect('speed of', task, `: ${task.relativeSpeed}`);
  }

  private add(revision: number): NumberedTask {
    const zone = this.zones.emptiest(this.byState.activeCountsByZone);
    const task = new NumberedTask(++this.launched, revision, zone);
    task.onUpdate = () => this.byState.onChange(task);
    this.byState.onChange(task);
    this.all = [...this.all, task];
    this.maxAtOnce = Math.max(this.maxAtOnce, this.all.filter((other) => other.isActive).length);
    return task;
  }

  private becomeHealthy(task: NumberedTask): void {
    if (task.status === 'STOPPED' || task.status === 'DEACTIVATING') return;
    task.update({ status: 'RUNNING', isHealthy: true, hasBeenHealthy: true });
    this.onHealthy(task);
  }

  private fail(task: NumberedTask): void {
    if (!task.isActive) return;
    this.drop(task);
    this.onFailed(task);
  }

  private drop(task: NumberedTask): void {
    if (task.status === 'STOPPED') return;
    task.update({ status: 'STOPPED', isHealthy: false });
    this.all = this.all.filter((other) => other !== task);
    this.note();
    this.onChange();
  }

  private note(): void {
    this.minHealthy = Math.min(this.minHealthy, this.healthyCount);
  }
}

/** A service with these tasks on simulated time. */
export function serviceOfNumbers(deployment: Deployment, desiredCount: number) {
  const clock = new SimulatedClock();
  const pool = new PoolOfNumbers(clock);
  const taskClock = new TaskClock(clock);
  const events: OutcomeEventKind[] = [];
  const descriptions: string[] = [];
  const scheduler = new ServiceScheduler<NumberedTask>(pool, deployment, desiredCount, {
    taskClock,
    recordEvent: (kind, description) => {
      events.push(kind);
      descriptions.push(description);
    },
    onTrafficShift: () => {},
    lambdaHookSeconds: LAMBDA_SECONDS,
    bakeTimePerEvaluation: 1,
  });
  scheduler.start();
  pool.onChange = () => scheduler.reconcile();
  pool.onHealthy = (task) => scheduler.onHealthy(task);
  pool.onLost = () => {
    scheduler.onLost(pool.all[0]!);
    scheduler.onLossNoticed();
  };
  pool.onFailed = (task) => {
    scheduler.onLost(task);
    scheduler.onLossNoticed();
  };
  pool.isBad = (task) => scheduler.deployments.isOfBadRevision(task);
  return { clock, taskClock, pool, scheduler, events, descriptions };
}
