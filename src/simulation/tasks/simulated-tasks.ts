import { LOSS_TEXTS } from '../../ecs/service-task';
import { ServiceTasks, type TaskIdentity } from '../../ecs/service-tasks';
import type { TaskClock } from '../../ecs/task-clock';
import type { Scenario } from '../../run/scenario';
import { SimulatedContainerChecks } from './simulated-container-checks';
import { SimulatedHealthChecks } from './simulated-health-checks';
import { SimulatedTask } from './simulated-task';

/** Simulated tasks: each one starts, becomes healthy, drains and stops on the simulated clock, and nothing runs on this machine. */
export class SimulatedTasks extends ServiceTasks<SimulatedTask> {
  private readonly healthChecks: SimulatedHealthChecks;
  private readonly containerChecks: SimulatedContainerChecks;

  public constructor(taskClock: TaskClock, scenario: Scenario) {
    super(taskClock, scenario);
    const { plan, behavior, workload } = scenario;
    const rules = { ...plan, behavior, startUpSeconds: workload.startUpSeconds };
    this.healthChecks = new SimulatedHealthChecks(taskClock, rules, this.random, {
      onHealthy: (task) => this.onHealthy(task),
      onUnhealthy: () => this.taskObserver.onChange(),
      onMarkedForReplacement: (task) => {
        if (!task.isMarkedByContainer) this.taskObserver.onMarkedForReplacement(task);
      },
    });
    this.containerChecks = new SimulatedContainerChecks(taskClock, rules, {
      onHealthy: (task) => this.taskObserver.onHealthy(task),
      onMarkedForReplacement: (task) => this.taskObserver.onMarkedForReplacement(task),
    });
  }

  public addHealthy(revision: number): void {
    const task = this.addPlaced(revision);
    task.update({ status: 'RUNNING', isContainerRunning: true, isListening: true, isRegistered: true });
    this.healthChecks.startHealthy(task);
  }

  public drain(task: SimulatedTask): void {
    const { deregistrationDelaySeconds } = this.scenario.plan;
    if (!task.isContainerRunning) this.remove(task);
    else {
      task.update({ status: 'DEACTIVATING' });
      if (task.isRegistered) this.deregister(task);
      else this.taskObserver.onChange();
      this.taskClock.after(deregistrationDelaySeconds, () => this.terminate(task));
    }
  }

  public stop(task: SimulatedTask): void {
    if (!task.isContainerRunning) this.remove(task);
    else {
      const lagSeconds = this.random.uniformIn(this.scenario.behavior.deregistrationLagSeconds);
      this.taskClock.after(lagSeconds, () => this.deregister(task));
      this.terminate(task);
    }
    this.taskObserver.onLost(task, LOSS_TEXTS.stopped);
  }

  public kill(task: SimulatedTask, lossText: string): void {
    const wasActive = task.isActive;
    // the loss comes before STOPPED: ECS launches no replacement for a loss that it has not noticed.
    task.update({ status: 'STOPPING' });
    if (wasActive) this.taskObserver.onLost(task, lossText);
    if (!task.isContainerRunning) this.remove(task);
    else {
      this.exit(task);
      const lagSeconds = this.random.uniformIn(this.scenario.behavior.deregistrationLagSeconds);
      if (task.isRegistered) this.taskClock.after(lagSeconds, () => this.deregister(task));
      else this.remove(task);
    }
  }

  /** Has no process to pause: the simulated client holds the requests. */
  public pause(): void {}

  /** A task that was sent SIGTERM while it was paused receives it now. */
  public unpause(task: SimulatedTask): void {
    if (task.status === 'STOPPING') this.exitAfter(task, this.stopSeconds);
  }

  /** Kills the task now, or after the time that filling its memory took in a rehearsal. */
  public exhaustMemory(task: SimulatedTask): void {
    const { memoryExhaustionSeconds = 0 } = this.scenario;
    task.isLossReported = memoryExhaustionSeconds === 0;
    if (memoryExhaustionSeconds === 0) this.kill(task, LOSS_TEXTS.outOfMemory);
    else
      this.taskClock.after(memoryExhaustionSeconds, () => {
        if (task.isContainerRunning) this.kill(task, LOSS_TEXTS.outOfMemory);
      });
  }

  public applyHealthCheckResult(task: SimulatedTask): void {
    this.healthChecks.reschedule(task);
    this.containerChecks.reschedule(task);
  }

  /** Has no process to slow down: the simulated client reads the relative speed of each task. */
  public applySpeed(): void {}

  /** Called when tasks begin to take longer to respond than the health check timeout, or no longer do. */
  public setOverloaded(tasks: readonly SimulatedTask[], isOverloaded: boolean, atSeconds: number): void {
    for (const task of tasks) {
      task.update({ isOverloaded });
      this.healthChecks.reschedule(task, atSeconds);
      this.containerChecks.reschedule(task, atSeconds);
    }
  }

  protected create({ number, revision, zone }: TaskIdentity): SimulatedTask {
    return new SimulatedTask(number, revision, zone);
  }

  protected startContainer(task: SimulatedTask): void {
    task.update({ status: 'RUNNING', isContainerRunning: true });
    const { registersOnceListening = false, workload } = this.scenario;
    const crashesAtStart = this.taskObserver.crashesAtStart(task);
    this.taskClock.after(workload.startUpSeconds, () => {
      if (!task.isContainerRunning) return;
      if (crashesAtStart) this.kill(task, LOSS_TEXTS.exitedAtStart);
      else task.update({ isListening: true });
      if (registersOnceListening && !crashesAtStart) this.register(task, true);
      this.taskObserver.onChange();
    });
    if (!crashesAtStart) this.containerChecks.start(task);
    if (!registersOnceListening) this.register(task, !crashesAtStart);
    this.taskObserver.onChange();
  }

  private onHealthy(task: SimulatedTask): void {
    const { slowStartSeconds } = this.scenario.plan.routing;
    // the first healthy target of a target group has no slow start.
    const isFirstHealthyTarget = this.byState.count((state) => state.isHealthy) === 1;
    if (slowStartSeconds > 0 && !isFirstHealthyTarget) task.update({ slowStartedAtSeconds: this.taskClock.nowSeconds });
    // ECS counts it as healthy once its containers are, too.
    if (task.areContainersHealthy) this.taskObserver.onHealthy(task);
    else this.taskObserver.onChange();
  }

  private register(task: SimulatedTask, hasHealthChecks: boolean): void {
    if (task.status !== 'RUNNING') return;
    task.update({ isRegistered: true });
    task.runningSinceSeconds = this.taskClock.nowSeconds;
    if (hasHealthChecks) this.healthChecks.start(task);
  }

  /** SIGTERM, and SIGKILL after the stop timeout. */
  private terminate(task: SimulatedTask): void {
    if (!task.isContainerRunning) return;
    task.update({ status: 'STOPPING' });
    this.taskObserver.onChange();
    // a paused container receives SIGTERM only when it is unpaused.
    this.exitAfter(task, task.pauseFaultCount > 0 ? this.scenario.plan.container.stopTimeoutSeconds : this.stopSeconds);
  }

  private exitAfter(task: SimulatedTask, seconds: number): void {
    this.taskClock.after(seconds, () => {
      if (!task.isContainerRunning) return;
      this.exit(task);
      if (!task.isRegistered) this.remove(task);
    });
  }

  /** The container of a task has exited. */
  private exit(task: SimulatedTask): void {
    task.update({ isContainerRunning: false, isListening: false });
    this.taskObserver.onExit(task);
    this.taskObserver.onChange();
  }

  private deregister(task: SimulatedTask): void {
    if (!task.isRegistered) return;
    task.update({ isRegistered: false, isHealthy: false });
    if (!task.isContainerRunning && task.status === 'STOPPING') this.remove(task);
    this.taskObserver.onChange();
  }

  private get stopSeconds(): number {
    return Math.min(this.scenario.workload.stopSeconds, this.scenario.plan.container.stopTimeoutSeconds);
  }
}
