import type { Fault, TaskFault } from '../../scenario/fault';
import type { ModelledTask } from './modelled-task';
import type { ModelledTasks } from './modelled-tasks';
import type { ServiceScheduler } from './service-scheduler';
import type { TaskClock } from './task-clock';

/** What faults befall. */
export interface Befallen {
  readonly clock: TaskClock;
  readonly tasks: ModelledTasks;
  readonly scheduler: ServiceScheduler;
  /** Told before a fault takes effect. */
  readonly onFault: (fault: Fault) => void;
  readonly onFreeze: (task: ModelledTask) => void;
  readonly onThaw: (task: ModelledTask) => void;
  /** Told when requests or metrics depend on what a fault has changed. */
  readonly onChange: () => void;
  /** Told what each request now waits longer for, all slow dependencies together. */
  readonly onSlowDependencies: (addedSeconds: number) => void;
}

/** Lets the faults of a scenario happen to modelled tasks. */
export class FaultInjector {
  private crashes = 0;
  private addedSeconds = 0;

  public constructor(private readonly befallen: Befallen) {}

  /** Whether the container of a task that starts now ends at once. */
  public get isCrashing(): boolean {
    return this.crashes > 0;
  }

  public schedule(faults: readonly Fault[]): void {
    for (const fault of faults) {
      this.befallen.clock.at(fault.atSeconds, () => {
        this.befallen.onFault(fault);
        this.begin(fault);
        this.befallen.onChange();
      });
    }
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

  private befall(task: ModelledTask, fault: TaskFault): void {
    const { tasks } = this.befallen;
    switch (fault.kind) {
      case 'stop-task':
        tasks.stop(task);
        break;
      case 'kill-task':
        tasks.kill(task, 'was killed');
        break;
      case 'fill-memory':
        tasks.kill(task, 'was killed: OutOfMemory');
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

  private failChecks(task: ModelledTask, durationSeconds: number): void {
    const { health } = this.befallen.tasks;
    task.checkFailures += 1;
    health.review(task);
    this.after(durationSeconds, () => {
      task.checkFailures -= 1;
      health.review(task);
    });
  }

  private slow(task: ModelledTask, speedShare: number, durationSeconds: number): void {
    const before = task.speedShare;
    task.speedShare *= speedShare;
    this.after(durationSeconds, () => {
      // what was multiplied and divided again leaves no dust where nothing else slows the task.
      task.speedShare = task.speedShare === before * speedShare ? before : task.speedShare / speedShare;
    });
  }

  private freeze(task: ModelledTask, durationSeconds: number): void {
    const { tasks, onFreeze, onThaw } = this.befallen;
    task.freezes += 1;
    onFreeze(task);
    tasks.health.review(task);
    this.after(durationSeconds, () => {
      task.freezes -= 1;
      if (task.freezes === 0) onThaw(task);
      tasks.health.review(task);
    });
  }

  /** The tasks of the zone end at once; those that are launched meanwhile go to the others. */
  private loseZone(durationSeconds: number): void {
    const { tasks } = this.befallen;
    const zone = tasks.zones.fullest(tasks.all);
    tasks.zones.lose(zone);
    for (const task of tasks.all.filter((other) => other.zone === zone)) tasks.kill(task, 'was lost with its zone');
    this.after(durationSeconds, () => tasks.zones.regain(zone));
  }

  private addDelay(seconds: number): void {
    // what was added and taken away again leaves no dust.
    this.addedSeconds = Math.max(0, Number((this.addedSeconds + seconds).toPrecision(12)));
    this.befallen.onSlowDependencies(this.addedSeconds);
  }

  /** The oldest tasks that serve. */
  private victims(count: number): readonly ModelledTask[] {
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
