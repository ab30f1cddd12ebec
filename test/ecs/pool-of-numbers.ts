import { ServiceScheduler } from '../../src/ecs/service-scheduler';
import { ServiceTask } from '../../src/ecs/service-task';
import { TaskClock } from '../../src/ecs/task-clock';
import type { TaskPool } from '../../src/ecs/task-pool';
import { Zones } from '../../src/ecs/zones';
import type { Deployment } from '../../src/plan/deployment';
import type { OutcomeEventKind } from '../../src/scenario/outcome';
import { SimulatedTime } from '../../src/time/simulated-time';

/** How long a task takes to become healthy, and to go. */
export const START_SECONDS = 10;
export const GO_SECONDS = 5;

class NumberedTask extends ServiceTask {}

/** The smallest tasks that ECS can look after: they become healthy some seconds after their launch, and go some seconds after they were let go of. */
class PoolOfNumbers implements TaskPool<NumberedTask> {
  public all: readonly NumberedTask[] = [];
  public readonly zones = new Zones(2);
  public mostAtOnce = 0;
  private launched = 0;
  public fewestHealthy = Number.POSITIVE_INFINITY;
  public onChange: () => void = () => {};
  public onLost: () => void = () => {};
  public onFailed: (task: NumberedTask) => void = () => {};
  public isBad: (task: NumberedTask) => boolean = () => false;

  public constructor(private readonly time: SimulatedTime) {}

  public get healthyCount(): number {
    return this.all.filter((task) => task.isHealthy).length;
  }

  public addHealthy(revision: number): void {
    this.becomeHealthy(this.add(revision));
  }

  public launch(revision: number): NumberedTask {
    const task = this.add(revision);
    this.time.after(START_SECONDS, () => (this.isBad(task) ? this.fail(task) : this.becomeHealthy(task)));
    return task;
  }

  public drain(task: NumberedTask): void {
    task.station = 'draining';
    task.isHealthy = false;
    this.note();
    this.time.after(GO_SECONDS, () => this.drop(task));
  }

  public stop(task: NumberedTask): void {
    this.kill(task);
  }

  public kill(task: NumberedTask): void {
    const wasKept = task.isKept;
    this.drop(task);
    if (wasKept) this.onLost();
  }

  private add(revision: number): NumberedTask {
    const task = new NumberedTask(++this.launched, revision, this.zones.emptiest(this.all));
    this.all = [...this.all, task];
    this.mostAtOnce = Math.max(this.mostAtOnce, this.all.filter((other) => other.isKept).length);
    return task;
  }

  private becomeHealthy(task: NumberedTask): void {
    if (task.station === 'gone' || task.station === 'draining') return;
    task.station = 'running';
    task.isHealthy = true;
    task.wasHealthy = true;
    this.onChange();
  }

  private fail(task: NumberedTask): void {
    if (!task.isKept) return;
    this.drop(task);
    this.onFailed(task);
  }

  private drop(task: NumberedTask): void {
    if (task.station === 'gone') return;
    task.station = 'gone';
    task.isHealthy = false;
    this.all = this.all.filter((other) => other !== task);
    this.note();
    this.onChange();
  }

  private note(): void {
    this.fewestHealthy = Math.min(this.fewestHealthy, this.healthyCount);
  }
}

/** A service of numbers on simulated time. */
export function serviceOfNumbers(deployment: Deployment, desiredCount: number) {
  const time = new SimulatedTime();
  const pool = new PoolOfNumbers(time);
  const clock = new TaskClock(time, () => {});
  const events: OutcomeEventKind[] = [];
  const scheduler = new ServiceScheduler<NumberedTask>(pool, deployment, desiredCount, {
    clock,
    note: (kind) => events.push(kind),
    onMove: () => {},
  });
  pool.onChange = () => scheduler.reconcile();
  pool.onLost = () => {
    scheduler.lose(pool.all[0]!);
    scheduler.replace();
  };
  pool.onFailed = (task) => {
    scheduler.lose(task);
    scheduler.replace();
  };
  pool.isBad = (task) => scheduler.isBad(task);
  return { time, clock, pool, scheduler, events };
}
