import type { Fault, TaskFault } from '../scenario/fault';
import { LOSS } from './loss';
import type { ServiceScheduler } from './service-scheduler';
import type { ServiceTask } from './service-task';
import type { TaskClock } from './task-clock';
import type { TaskPool } from './task-pool';

/** What faults befall, and who is told. */
export interface Befallen<Task extends ServiceTask> {
  readonly clock: TaskClock;
  readonly tasks: TaskPool<Task>;
  readonly scheduler: ServiceScheduler<Task>;
  /** Told before a fault takes effect. */
  readonly onFault: (fault: Fault) => void;
  /** A task runs out of memory. */
  readonly onMemoryFilled: (task: Task) => void;
  readonly onFreeze: (task: Task) => void;
  readonly onThaw: (task: Task) => void;
  /** Told when what the health checks of a task will find has changed. */
  readonly onChecksChange: (task: Task) => void;
  /** Told when the speed of a task has changed. */
  readonly onSpeedChange?: (task: Task) => void;
  /** Told when requests or metrics depend on what a fault has changed. */
  readonly onChange: () => void;
  /** Told what each request now waits longer for, all slow dependencies together. */
  readonly onSlowDependencies: (addedSeconds: number) => void;
}

/** Lets the faults of a scenario happen to the tasks of a service. Faults that overlap add up, and each takes away only what it brought. */
export class FaultInjector<Task extends ServiceTask> {
  private crashes = 0;
  private addedSeconds = 0;

  public constructor(private readonly befallen: Befallen<Task>) {}

  /** Whether the container of a task that starts now ends at once. */
  public get isCrashing(): boolean {
    return this.crashes > 0;
  }

  /** Lets a fault happen now, whenever it was meant to. */
  public happen(fault: Fault): void {
    this.befallen.onFault(fault);
    this.begin(fault);
    this.befallen.onChange();
  }

  private begin(fault: Fault): void {
    switch (fault.kind) {
      case 'deploy':
      case 'bad-deployment':
        this.befallen.scheduler.deploy(fault.kind === 'bad-deployment');
        break;
      case 'lose-zone':
        this.loseZone(fault.durationSeconds);
        break;
      case 'crash-at-start':
        this.crashes += 1;
        this.after(fault.durationSeconds, () => {
          this.crashes -= 1;
        });
        break;
      case 'slow-dependency':
        this.addDelay(fault.addedSeconds);
        this.after(fault.durationSeconds, () => this.addDelay(-fault.addedSeconds));
        break;
      default:
        for (const task of this.victims(fault.count)) this.befall(task, fault);
    }
  }

  private befall(task: Task, fault: TaskFault): void {
    const { tasks } = this.befallen;
    switch (fault.kind) {
      case 'stop-task':
        tasks.stop(task);
        break;
      case 'kill-task':
        tasks.kill(task, LOSS.killed);
        break;
      case 'fill-memory':
        this.befallen.onMemoryFilled(task);
        break;
      case 'freeze-task':
        this.freeze(task, fault.durationSeconds);
        break;
      case 'fail-health-check':
        this.failChecks(task, fault.durationSeconds);
        break;
      case 'slow-task':
        this.slow(task, fault.speedShare, fault.durationSeconds);
    }
  }

  private failChecks(task: Task, durationSeconds: number): void {
    const { onChecksChange } = this.befallen;
    task.checkFailures += 1;
    onChecksChange(task);
    this.after(durationSeconds, () => {
      task.checkFailures -= 1;
      onChecksChange(task);
    });
  }

  private slow(task: Task, speedShare: number, durationSeconds: number): void {
    const { onSpeedChange } = this.befallen;
    const before = task.speedShare;
    task.speedShare *= speedShare;
    onSpeedChange?.(task);
    this.after(durationSeconds, () => {
      // what was multiplied and divided again leaves no dust where nothing else slows the task.
      task.speedShare = task.speedShare === before * speedShare ? before : task.speedShare / speedShare;
      onSpeedChange?.(task);
    });
  }

  private freeze(task: Task, durationSeconds: number): void {
    const { onFreeze, onThaw, onChecksChange } = this.befallen;
    task.freezes += 1;
    onFreeze(task);
    onChecksChange(task);
    this.after(durationSeconds, () => {
      task.freezes -= 1;
      if (task.freezes === 0) onThaw(task);
      onChecksChange(task);
    });
  }

  /** The tasks of the zone end at once; those that are launched meanwhile go to the others. */
  private loseZone(durationSeconds: number): void {
    const { tasks } = this.befallen;
    const zone = tasks.zones.fullest(tasks.all);
    tasks.zones.lose(zone);
    for (const task of tasks.all.filter((other) => other.zone === zone)) tasks.kill(task, LOSS.withItsZone);
    this.after(durationSeconds, () => tasks.zones.regain(zone));
  }

  private addDelay(seconds: number): void {
    // what was added and taken away again leaves no dust.
    this.addedSeconds = Math.max(0, Number((this.addedSeconds + seconds).toPrecision(12)));
    this.befallen.onSlowDependencies(this.addedSeconds);
  }

  /** The oldest tasks that serve. */
  private victims(count: number): readonly Task[] {
    const running = this.befallen.tasks.all.filter((task) => task.station === 'running');
    const serving = running.filter((task) => task.isHealthy);
    return [...serving, ...running.filter((task) => !task.isHealthy)].slice(0, count);
  }

  /** Ends what a fault began. */
  private after(durationSeconds: number, step: () => void): void {
    this.befallen.clock.after(durationSeconds, () => {
      step();
      this.befallen.onChange();
    });
  }
}
