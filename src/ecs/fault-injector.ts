import { type Fault, faultAsDone, type TaskFault } from '../scenario/fault';
import type { EventDetails, OutcomeEvent } from '../scenario/outcome';
import { LOSS } from './loss';
import type { ServiceScheduler } from './service-scheduler';
import type { ServiceTask } from './service-task';
import type { TaskClock } from './task-clock';
import type { TaskPool } from './task-pool';

/** What a fault does, as an event tells it. */
type FaultDone = Pick<OutcomeEvent, 'description'> & EventDetails;

/** Faults whose tasks end of them, and of nothing else. */
const ENDING: ReadonlySet<Fault['kind']> = new Set(['stop-task', 'kill-task', 'lose-zone']);

/** What faults befall, and who is told. */
export interface Befallen<Task extends ServiceTask> {
  readonly clock: TaskClock;
  readonly tasks: TaskPool<Task>;
  readonly scheduler: ServiceScheduler<Task>;
  /** Told what a fault does, before it takes effect. A deployment tells of itself. */
  readonly onFault: (done: FaultDone) => void;
  /** Told when tasks may go to a lost zone again. */
  readonly onZoneRecovered: () => void;
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
    const victims = this.victimsOf(fault);
    if (ENDING.has(fault.kind)) for (const task of victims) task.isLossTold = true;
    if (fault.kind !== 'deploy' && fault.kind !== 'bad-deployment') this.tell(fault, victims);
    this.begin(fault, victims);
    this.befallen.onChange();
  }

  private tell(fault: Fault, victims: readonly Task[]): void {
    this.befallen.onFault({
      description: faultAsDone(fault, victims.length),
      fault: fault.kind,
      ...(isForTasks(fault) ? { tasks: victims.map(({ number }) => number) } : {}),
      ...('durationSeconds' in fault ? { durationSeconds: fault.durationSeconds } : {}),
    });
  }

  private begin(fault: Fault, victims: readonly Task[]): void {
    switch (fault.kind) {
      case 'deploy':
      case 'bad-deployment':
        this.befallen.scheduler.deploy(fault.kind === 'bad-deployment');
        break;
      case 'lose-zone':
        this.loseZone(victims, fault.durationSeconds);
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
        for (const task of victims) this.befall(task, fault);
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
  private loseZone(inZone: readonly Task[], durationSeconds: number): void {
    const { tasks, scheduler, onZoneRecovered } = this.befallen;
    const zone = this.zoneToLose;
    tasks.zones.lose(zone);
    for (const task of inZone) tasks.kill(task, LOSS.withItsZone);
    this.after(durationSeconds, () => {
      if (tasks.zones.recover(zone)) onZoneRecovered();
      scheduler.reconcile();
    });
  }

  private addDelay(seconds: number): void {
    // what was added and taken away again leaves no dust.
    this.addedSeconds = Math.max(0, Number((this.addedSeconds + seconds).toPrecision(12)));
    this.befallen.onSlowDependencies(this.addedSeconds);
  }

  /** The oldest tasks that serve, or all of a zone. */
  private victimsOf(fault: Fault): readonly Task[] {
    const { all } = this.befallen.tasks;
    if (fault.kind === 'lose-zone') {
      const zone = this.zoneToLose;
      return all.filter((task) => task.zone === zone);
    }
    if (!('count' in fault)) return [];
    const running = all.filter((task) => task.station === 'running');
    const serving = running.filter((task) => task.isHealthy);
    return [...serving, ...running.filter((task) => !task.isHealthy)].slice(0, fault.count);
  }

  private get zoneToLose(): number {
    const { all, zones } = this.befallen.tasks;
    return zones.fullest(all);
  }

  /** Ends what a fault began. */
  private after(durationSeconds: number, step: () => void): void {
    this.befallen.clock.after(durationSeconds, () => {
      step();
      this.befallen.onChange();
    });
  }
}

/** Whether a fault is done to tasks that are there, and not to what comes, or to what they depend on. */
function isForTasks(fault: Fault): boolean {
  return fault.kind === 'lose-zone' || 'count' in fault;
}
