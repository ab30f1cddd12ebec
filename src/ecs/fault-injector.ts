import { formatInjectedFault } from '../faults/fault-grammar';
import type { Fault } from '../faults/fault-kinds';
import { applyToService, applyToTask, FAULTS, isTaskFault, type ServiceEffects, type TaskEffects, type Undo } from '../faults/fault-rows';
import type { EventDetails, OutcomeEventKind } from '../run/outcome';
import type { ServiceScheduler } from './service-scheduler';
import { LOSS_TEXTS, type ServiceTask, ZONE_RECOVERED } from './service-task';
import type { TaskClock } from './task-clock';
import type { TaskPool } from './task-pool';

/** What faults do to a fleet, and the parts of the fleet that they do it with. */
export interface FaultEffects<Task extends ServiceTask> {
  readonly taskClock: TaskClock;
  readonly tasks: TaskPool<Task>;
  readonly scheduler: ServiceScheduler<Task>;
  recordEvent(kind: OutcomeEventKind, description: string, details?: EventDetails): void;
  /** A task does not respond from now on. */
  pause(task: Task): void;
  unpause(task: Task): void;
  /** AWS gives notice that it interrupts the Spot capacity of a task. */
  interruptSpot(task: Task): void;
  /** From now on each request waits this much longer, for all slow dependencies together. */
  setDependencyDelaySeconds(seconds: number): void;
  /** Called when requests or metrics depend on what a fault has changed. */
  onChange(): void;
}

/** Injects faults into the tasks of a service. Overlapping faults stack and are undone independently. */
export class FaultInjector<Task extends ServiceTask> implements ServiceEffects {
  /** Faults that make the containers of new tasks exit, and have not ended. */
  private crashFaultCount = 0;
  /** The delays of all slow dependencies together. */
  private dependencyDelaySeconds = 0;

  public constructor(private readonly fleet: FaultEffects<Task>) {}

  /** Whether the container of a task that starts now exits at once. */
  public get isCrashingNewTasks(): boolean {
    return this.crashFaultCount > 0;
  }

  /** Injects a fault now, whatever its `atSeconds`. */
  public inject(fault: Fault): void {
    const { affects, reportsLostTasks = false } = FAULTS[fault.kind];
    const tasks = this.affectedTasks(fault);
    if (reportsLostTasks) for (const task of tasks) task.isLossReported = true;
    // the scheduler reports a deployment.
    if (affects !== 'deployment') this.recordFault(fault, tasks);
    if (!isTaskFault(fault)) this.undoLater(fault, applyToService(fault, this));
    else for (const task of tasks) this.undoLater(fault, applyToTask(fault, this.effectsOnTask(task)));
    this.fleet.onChange();
  }

  public deploy(isBad: boolean): undefined {
    this.fleet.scheduler.deployments.start(isBad);
  }

  public continueDeployment(): undefined {
    this.fleet.scheduler.deployments.continue();
  }

  public rollBackDeployment(): undefined {
    this.fleet.scheduler.deployments.rollBackByRequest();
  }

  public crashNewTasks(): Undo {
    this.crashFaultCount += 1;
    return () => {
      this.crashFaultCount -= 1;
    };
  }

  public slowDependency(delaySeconds: number): Undo {
    this.addDependencyDelay(delaySeconds);
    return () => this.addDependencyDelay(-delaySeconds);
  }

  /** The tasks of the zone end at once; the tasks that are launched meanwhile go to the other zones. */
  public loseZone(): Undo {
    const { tasks, scheduler } = this.fleet;
    const zone = this.fullestZone;
    const lost = tasks.all.filter((task) => task.zone === zone);
    tasks.zones.lose(zone);
    for (const task of lost) tasks.kill(task, LOSS_TEXTS.lostWithZone);
    return () => {
      if (tasks.zones.recover(zone)) this.fleet.recordEvent('zone-recovered', ZONE_RECOVERED);
      scheduler.reconcile();
    };
  }

  private effectsOnTask(task: Task): TaskEffects {
    const { tasks } = this.fleet;
    return {
      stop: () => void tasks.stop(task),
      kill: () => void tasks.kill(task, LOSS_TEXTS.killed),
      exhaustMemory: () => void tasks.exhaustMemory(task),
      interruptSpot: () => void this.fleet.interruptSpot(task),
      pause: () => this.pause(task),
      failHealthChecks: () => this.failHealthChecks(task),
      slow: (relativeSpeed) => this.slow(task, relativeSpeed),
    };
  }

  private pause(task: Task): Undo {
    const { fleet } = this;
    task.update({ pauseFaultCount: task.pauseFaultCount + 1 });
    fleet.pause(task);
    fleet.tasks.applyHealthCheckResult(task);
    return () => {
      task.update({ pauseFaultCount: task.pauseFaultCount - 1 });
      if (task.pauseFaultCount === 0) fleet.unpause(task);
      fleet.tasks.applyHealthCheckResult(task);
    };
  }

  private failHealthChecks(task: Task): Undo {
    const { tasks } = this.fleet;
    task.healthCheckFaultCount += 1;
    tasks.applyHealthCheckResult(task);
    return () => {
      task.healthCheckFaultCount -= 1;
      tasks.applyHealthCheckResult(task);
    };
  }

  private slow(task: Task, relativeSpeed: number): Undo {
    const { tasks } = this.fleet;
    const previousSpeed = task.relativeSpeed;
    task.update({ relativeSpeed: previousSpeed * relativeSpeed });
    tasks.applySpeed(task);
    return () => {
      // multiplying and dividing would leave a rounding error if nothing else slows the task.
      const isSlowedByThisOnly = task.relativeSpeed === previousSpeed * relativeSpeed;
      task.update({ relativeSpeed: isSlowedByThisOnly ? previousSpeed : task.relativeSpeed / relativeSpeed });
      tasks.applySpeed(task);
    };
  }

  private addDependencyDelay(seconds: number): void {
    // adding and subtracting would leave a rounding error.
    this.dependencyDelaySeconds = Math.max(0, Number((this.dependencyDelaySeconds + seconds).toPrecision(12)));
    this.fleet.setDependencyDelaySeconds(this.dependencyDelaySeconds);
  }

  private recordFault(fault: Fault, tasks: readonly Task[]): void {
    const isAboutTasks = FAULTS[fault.kind].affects !== 'service';
    this.fleet.recordEvent('fault', formatInjectedFault(fault, tasks.length), {
      fault: fault.kind,
      ...(isAboutTasks ? { tasks: tasks.map(({ number }) => number) } : {}),
      ...('durationSeconds' in fault ? { durationSeconds: fault.durationSeconds } : {}),
    });
  }

  /** The oldest healthy tasks, then the others that run; or all tasks of the zone that is lost. */
  private affectedTasks(fault: Fault): readonly Task[] {
    const { all } = this.fleet.tasks;
    if (fault.kind === 'lose-zone') {
      const zone = this.fullestZone;
      return all.filter((task) => task.zone === zone);
    }
    if (!isTaskFault(fault)) return [];
    const running = all.filter((task) => task.status === 'RUNNING');
    const healthy = running.filter((task) => task.isHealthy);
    return [...healthy, ...running.filter((task) => !task.isHealthy)].slice(0, fault.count);
  }

  private get fullestZone(): number {
    const { zones, byState } = this.fleet.tasks;
    return zones.fullest(byState.activeCountsByZone);
  }

  private undoLater(fault: Fault, undo: Undo | undefined): void {
    if (undo === undefined || !('durationSeconds' in fault)) return;
    this.fleet.taskClock.after(fault.durationSeconds, () => {
      undo();
      this.fleet.onChange();
    });
  }
}
