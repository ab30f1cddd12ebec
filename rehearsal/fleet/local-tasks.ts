import { LOSS_TEXTS } from '../../src/ecs/service-task';
import { ServiceTasks, type TaskIdentity } from '../../src/ecs/service-tasks';
import type { TaskClock } from '../../src/ecs/task-clock';
import type { Scenario } from '../../src/run/scenario';
import { formatExit, type TaskExit } from '../task-runtime/task-runtime';
import { LocalTask } from './local-task';
import type { TaskParts } from './task-parts';

/** After this many failed starts in a row, without a healthy task between them, the rehearsal fails: the next task would fail as well. */
const MAX_FAILED_STARTS = 3;

/** What runs the tasks of a revision of the service, and their size. */
export type TaskProgram = Pick<TaskParts, 'runtime' | 'size'>;

/** What the tasks of a rehearsal run on. */
export interface LocalTasksParts extends Omit<TaskParts, 'healthCheckPath' | 'size'> {
  /**
   * What runs the tasks of a revision.
   *
   * @default - `runtime`, at the task size of the plan
   */
  readonly programOf?: (revision: number) => TaskProgram;
  /**
   * Whether tasks are targets of the load balancer, whose health checks decide whether they are healthy.
   *
   * @default true; otherwise a task is healthy while it runs
   */
  readonly isLoadBalanced?: boolean;
  /** Called if tasks cannot be started, so that the rehearsal cannot continue. */
  readonly onFailure: (failure: Error) => void;
}

/** Tasks that are processes or containers of this machine, launched, checked, drained, stopped and killed as ECS does it. */
export class LocalTasks extends ServiceTasks<LocalTask> {
  /** All tasks since the start of the rehearsal, also those that are STOPPED. */
  public readonly createdTasks: LocalTask[] = [];
  private failedStartCount = 0;
  private haveAllBeenHealthy = false;
  private resolveAllHealthy: () => void = () => {};

  public constructor(
    taskClock: TaskClock,
    scenario: Scenario,
    private readonly parts: LocalTasksParts,
  ) {
    super(taskClock, scenario);
  }

  /** Waits until all tasks that the service begins with are healthy; it may begin with none. */
  public async waitUntilAllHealthy(): Promise<void> {
    if (this.all.length > 0 && !this.areAllHealthy) {
      await new Promise<void>((resolve) => {
        this.resolveAllHealthy = resolve;
      });
    }
    this.haveAllBeenHealthy = true;
  }

  /** Bills all tasks from now on. */
  public startBilling(): void {
    for (const task of this.all) task.startBilling(this.taskClock.nowSeconds);
  }

  /** Starts a task without delay. */
  public addHealthy(revision: number): void {
    const task = this.addPlaced(revision);
    task.update({ status: 'PENDING' });
    this.startContainer(task);
  }

  public drain(task: LocalTask): void {
    if (this.isStopped) return;
    if (!task.hasStarted) {
      this.remove(task);
      return;
    }
    task.update({ status: 'DEACTIVATING' });
    recordUsage(task);
    task.exitCause = 'drained';
    void task.deregister(this.scenario.plan.deregistrationDelaySeconds).then(() => this.terminate(task));
  }

  public stop(task: LocalTask): void {
    task.update({ status: 'STOPPING' });
    this.taskObserver.onLost(task, LOSS_TEXTS.stopped);
    if (!task.hasStarted) this.remove(task);
    else {
      recordUsage(task);
      task.exitCause = LOSS_TEXTS.stopped;
      void this.deregisterLater(task, this.scenario.plan.deregistrationDelaySeconds);
      this.terminate(task);
    }
  }

  public kill(task: LocalTask, lossText: string): void {
    if (task.hasStarted) {
      task.exitCause = lossText;
      void this.deregisterLater(task, 0);
      task.kill();
      return;
    }
    const wasActive = task.isActive;
    // the loss comes before STOPPED: ECS launches no replacement for a loss that it has not noticed.
    task.update({ status: 'STOPPING' });
    if (wasActive) this.taskObserver.onLost(task, lossText);
    this.remove(task);
  }

  public exhaustMemory(task: LocalTask): void {
    task.exhaustMemory();
  }

  public pause(task: LocalTask): void {
    task.pause();
  }

  public unpause(task: LocalTask): void {
    task.unpause();
  }

  public applyHealthCheckResult(task: LocalTask): void {
    task.updateLoadBalancerTarget();
  }

  public applySpeed(task: LocalTask): void {
    task.applySpeed();
  }

  protected create(identity: TaskIdentity): LocalTask {
    const { plan } = this.scenario;
    const program = this.parts.programOf?.(identity.revision) ?? { runtime: this.parts.runtime, size: plan.task };
    const task = new LocalTask({ ...this.parts, ...program, healthCheckPath: plan.healthCheck.path }, identity);
    task.onHealthChange = (isHealthy) => this.handleHealthChange(task, isHealthy);
    this.createdTasks.push(task);
    return task;
  }

  protected startContainer(task: LocalTask): void {
    task.start().then(
      () => this.handleStarted(task),
      (reason: Error) => this.handleStartError(task, reason),
    );
  }

  private get areAllHealthy(): boolean {
    return this.all.length > 0 && this.all.every((task) => task.isHealthy);
  }

  private handleStarted(task: LocalTask): void {
    // it may have been stopped while its process was being started.
    if (task.status !== 'PENDING') {
      void task.drainAndStop(0, 0);
      return;
    }
    task.update({ status: 'RUNNING' });
    void task.exited.then((exit) => this.handleExit(task, exit));
    if (this.taskObserver.crashesAtStart(task)) void this.crash(task);
    else if (this.parts.isLoadBalanced === false) this.handleHealthChange(task, true);
    else task.waitUntilHealthy().catch((reason: Error) => this.handleUnhealthyStart(task, reason));
  }

  /** A fault: its container starts, and exits before it serves requests. */
  private async crash(task: LocalTask): Promise<void> {
    await task.waitUntilListening();
    this.kill(task, LOSS_TEXTS.exitedAtStart);
  }

  private handleHealthChange(task: LocalTask, isHealthy: boolean): void {
    if (task.status !== 'RUNNING' || task.isHealthy === isHealthy) return;
    task.update({ isHealthy });
    if (!isHealthy) {
      if (task.hasBeenHealthy) this.markAfterGracePeriod(task);
      return;
    }
    // a start cannot be sped up: the grace period begins after it.
    if (!task.hasBeenHealthy) task.gracePeriodStartSeconds = this.taskClock.nowSeconds;
    task.update({ hasBeenHealthy: true });
    this.failedStartCount = 0;
    if (this.areAllHealthy) this.resolveAllHealthy();
    this.taskObserver.onHealthy(task);
  }

  private markAfterGracePeriod(task: LocalTask): void {
    const graceEndsAtSeconds = task.gracePeriodStartSeconds + this.scenario.plan.deployment.healthCheckGracePeriodSeconds;
    if (graceEndsAtSeconds > this.taskClock.nowSeconds) this.taskClock.at(graceEndsAtSeconds, () => this.markForReplacement(task));
    else this.markForReplacement(task);
  }

  private markForReplacement(task: LocalTask): void {
    if (task.status !== 'RUNNING' || task.isHealthy || task.isMarkedForReplacement) return;
    task.update({ isMarkedForReplacement: true });
    this.taskObserver.onMarkedForReplacement(task);
  }

  /** A task that runs and never became healthy is replaced, like one that exits. */
  private handleUnhealthyStart(task: LocalTask, reason: Error): void {
    if (this.isStopped || task.exitCause !== undefined) return;
    if (!task.hasActiveFault) this.countFailedStart(reason);
    if (!task.hasExited) this.markForReplacement(task);
  }

  /** Handles a task that the system could not start. */
  private handleStartError(task: LocalTask, reason: Error): void {
    if (this.isStopped || !task.isActive) return;
    this.countFailedStart(reason);
    task.update({ status: 'STOPPING' });
    this.taskObserver.onLost(task, 'could not be started');
    this.remove(task);
  }

  private countFailedStart(reason: Error): void {
    this.failedStartCount += 1;
    if (!this.haveAllBeenHealthy || this.failedStartCount >= MAX_FAILED_STARTS) this.parts.onFailure(reason);
  }

  private handleExit(task: LocalTask, exit: TaskExit): void {
    if (this.isStopped) return;
    if (task.isActive) {
      task.update({ status: 'STOPPING' });
      void this.deregisterLater(task, 0).then(() => this.remove(task));
      this.taskObserver.onLost(task, task.exitCause ?? formatLoss(exit));
    } else this.remove(task);
  }

  /** SIGTERM, and SIGKILL after the stop timeout on the wall clock: what the task does meanwhile cannot be sped up. */
  private terminate(task: LocalTask): void {
    if (task.status === 'STOPPED') return;
    task.update({ status: 'STOPPING', isHealthy: false });
    void task.terminate(this.scenario.plan.container.stopTimeoutSeconds).then(() => this.remove(task));
  }

  /** The target of a task that exits or stops is deregistered some seconds later. */
  private deregisterLater(task: LocalTask, delaySeconds: number): Promise<void> {
    task.deregistration ??= new Promise<void>((resolve) => {
      const lagSeconds = this.random.uniformIn(this.scenario.behavior.deregistrationLagSeconds);
      this.taskClock.after(lagSeconds, () => void task.deregister(delaySeconds).then(resolve));
    });
    return task.deregistration;
  }
}

/** From now on a task drains or stops: what it uses is no longer that of a running task. */
function recordUsage(task: LocalTask): void {
  task.usageBeforeDraining ??= { cpuSeconds: task.cpuSeconds, runningWallSeconds: task.runningWallSeconds };
}

function formatLoss(exit: TaskExit): string {
  return exit.isOutOfMemory ? LOSS_TEXTS.outOfMemory : `ended with ${formatExit(exit)}`;
}
