import { LaunchRate } from '../../ecs/launch-rate';
import { LOSS } from '../../ecs/loss';
import type { TaskClock } from '../../ecs/task-clock';
import type { TaskPool } from '../../ecs/task-pool';
import { Zones } from '../../ecs/zones';
import { Chance } from '../../scenario/chance';
import { launchTime } from '../../scenario/launch-time';
import { provisioningChance, type Scenario } from '../../scenario/scenario';
import { type HealthCheckObserver, HealthChecks } from './health-checks';
import { ModelledTask } from './modelled-task';

/** Told what becomes of the tasks. */
export interface TaskObserver extends HealthCheckObserver {
  /** Something has changed that requests or metrics depend on. */
  onChange(): void;
  /** A task has ended: what it worked on breaks off. */
  onEnd(task: ModelledTask): void;
  /** A task has ended, or was told to, that ECS wanted to run. */
  onLost(task: ModelledTask, how: string): void;
  /** A task is gone that was on its way out. */
  onGone(task: ModelledTask): void;
}

/** Whether the container of a task ends as soon as it has started. */
type Crashes = (task: ModelledTask) => boolean;

/** Tasks that exist in numbers only: they are launched, start, become healthy, drain and go, each on its own. */
export class ModelledTasks implements TaskPool<ModelledTask> {
  public readonly zones: Zones;
  public readonly health: HealthChecks;
  private tasks: ModelledTask[] = [];
  private launched = 0;
  private readonly rate = new LaunchRate();
  private readonly provisioning: Chance;
  private readonly chance: Chance;

  public constructor(
    private readonly clock: TaskClock,
    private readonly scenario: Scenario,
    private readonly observer: TaskObserver,
    private readonly crashes: Crashes,
  ) {
    this.provisioning = provisioningChance(scenario);
    this.chance = new Chance(scenario.seed ^ 0x7a5c);
    this.zones = new Zones(scenario.plan.zoneCount);
    const { plan, behavior, workload } = scenario;
    this.health = new HealthChecks(clock, { ...plan, behavior, startSeconds: workload.startSeconds }, this.chance, observer);
  }

  public get all(): readonly ModelledTask[] {
    return this.tasks;
  }

  public addHealthy(revision: number): void {
    const task = this.add(revision);
    task.station = 'running';
    task.hasProcess = true;
    task.isListening = true;
    task.isRegistered = true;
    this.health.beginHealthy(task);
  }

  public launch(revision: number): ModelledTask {
    const task = this.add(revision);
    const startSeconds = this.rate.reserve(this.clock.nowSeconds);
    if (startSeconds <= this.clock.nowSeconds) this.provision(task);
    else this.clock.at(startSeconds, () => this.provision(task));
    return task;
  }

  public drain(task: ModelledTask): void {
    const { deregistrationDelaySeconds } = this.scenario.plan;
    if (!task.hasProcess) this.drop(task);
    else {
      task.station = 'draining';
      this.deregister(task);
      this.clock.after(deregistrationDelaySeconds, () => this.terminate(task));
    }
  }

  public stop(task: ModelledTask): void {
    if (!task.hasProcess) this.drop(task);
    else {
      const lag = this.chance.within(this.scenario.behavior.deregistrationLagSeconds);
      this.clock.after(lag, () => this.deregister(task));
      this.terminate(task);
    }
    this.observer.onLost(task, LOSS.stopped);
  }

  public kill(task: ModelledTask, how: string): void {
    const wasKept = task.isKept;
    // first it is lost, then gone: what ECS has not noticed yet, it does not launch anew.
    task.station = 'stopping';
    if (wasKept) this.observer.onLost(task, how);
    if (!task.hasProcess) this.drop(task);
    else {
      this.end(task);
      const lag = this.chance.within(this.scenario.behavior.deregistrationLagSeconds);
      if (task.isRegistered) this.clock.after(lag, () => this.deregister(task));
      else this.drop(task);
    }
  }

  /** A container that thaws hears what it was sent while it was frozen. */
  public thaw(task: ModelledTask): void {
    if (task.station === 'stopping') this.endAfter(task, this.stopSeconds);
  }

  private add(revision: number): ModelledTask {
    const task = new ModelledTask(++this.launched, revision, this.zones.emptiest(this.tasks));
    this.tasks.push(task);
    return task;
  }

  private provision(task: ModelledTask): void {
    if (task.station !== 'waiting') return;
    task.station = 'launching';
    task.launchedAtSeconds = this.clock.nowSeconds;
    this.observer.onChange();
    this.clock.after(this.provisioning.around(launchTime(this.scenario)), () => this.run(task));
  }

  private run(task: ModelledTask): void {
    if (task.station !== 'launching') return;
    task.station = 'running';
    task.hasProcess = true;
    const { registersOnceListening = false, workload } = this.scenario;
    const crashes = this.crashes(task);
    this.clock.after(workload.startSeconds, () => {
      if (!task.hasProcess) return;
      if (crashes) this.kill(task, LOSS.atItsStart);
      else task.isListening = true;
      if (registersOnceListening && !crashes) this.register(task, true);
      this.observer.onChange();
    });
    if (!registersOnceListening) this.register(task, !crashes);
    this.observer.onChange();
  }

  private register(task: ModelledTask, isChecked: boolean): void {
    if (task.station !== 'running') return;
    task.isRegistered = true;
    task.runningAtSeconds = this.clock.nowSeconds;
    if (isChecked) this.health.begin(task);
  }

  /** SIGTERM, and SIGKILL to a container that takes too long. */
  private terminate(task: ModelledTask): void {
    if (!task.hasProcess) return;
    task.station = 'stopping';
    this.observer.onChange();
    // a frozen container does not hear SIGTERM before it thaws.
    this.endAfter(task, task.freezes > 0 ? this.scenario.plan.container.stopTimeoutSeconds : this.stopSeconds);
  }

  private endAfter(task: ModelledTask, seconds: number): void {
    this.clock.after(seconds, () => {
      if (!task.hasProcess) return;
      this.end(task);
      if (!task.isRegistered) this.drop(task);
    });
  }

  private end(task: ModelledTask): void {
    task.hasProcess = false;
    task.isListening = false;
    this.observer.onEnd(task);
    this.observer.onChange();
  }

  private deregister(task: ModelledTask): void {
    if (!task.isRegistered) return;
    task.isRegistered = false;
    task.isHealthy = false;
    if (!task.hasProcess && task.station === 'stopping') this.drop(task);
    this.observer.onChange();
  }

  private drop(task: ModelledTask): void {
    if (task.station === 'gone') return;
    task.station = 'gone';
    this.tasks = this.tasks.filter((other) => other !== task);
    this.observer.onChange();
    this.observer.onGone(task);
  }

  private get stopSeconds(): number {
    return Math.min(this.scenario.workload.stopSeconds, this.scenario.plan.container.stopTimeoutSeconds);
  }
}
