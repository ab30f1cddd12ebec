import { LaunchRate } from '../../../src/ecs/launch-rate';
import { LEAST_PAID_SECONDS } from '../../../src/ecs/least-paid';
import { LOSS } from '../../../src/ecs/loss';
import type { TaskPool } from '../../../src/ecs/task-pool';
import { Zones } from '../../../src/ecs/zones';
import { Chance } from '../../../src/scenario/chance';
import { launchTime } from '../../../src/scenario/launch-time';
import { provisioningChance, type Scenario } from '../../../src/scenario/scenario';
import type { Time } from '../../../src/time/time';
import { RehearsedTask, type TaskParts } from '../rehearsed-task';
import { exitInWords, type TaskExit } from '../tasks/task-exit';
import { FleetTask } from './fleet-task';

/** Told what becomes of the tasks. */
export interface RehearsedTaskObserver {
  onHealthy(task: FleetTask): void;
  /** A task has failed its checks, and its grace period is over: ECS will replace it. */
  onCondemned(task: FleetTask): void;
  /** A task has ended, or was told to, that ECS wanted to run. */
  onLost(task: FleetTask, how: string): void;
  /** A task is gone that was on its way out. */
  onGone(task: FleetTask): void;
  /** A task did not get as far as being healthy, and no fault is to blame. */
  onFailedStart(reason: Error): void;
}

/** Whether the container of a task shall end as soon as it has started. */
type Crashes = (task: FleetTask) => boolean;

/** Tasks that are processes of this machine, treated as ECS treats its tasks: launched, checked, drained, stopped, killed. */
export class RehearsedTasks implements TaskPool<FleetTask> {
  public readonly zones: Zones;
  /** Also those that are gone. */
  public readonly ever: FleetTask[] = [];
  private tasks: FleetTask[] = [];
  private readonly rate = new LaunchRate();
  private readonly provisioning: Chance;
  private readonly chance: Chance;
  private isStopped = false;

  public constructor(
    private readonly time: Time,
    private readonly scenario: Scenario,
    private readonly parts: TaskParts,
    private readonly observer: RehearsedTaskObserver,
    private readonly crashes: Crashes,
  ) {
    this.provisioning = provisioningChance(scenario);
    this.chance = new Chance(scenario.seed ^ 0x7a5c);
    this.zones = new Zones(scenario.plan.zoneCount);
  }

  public get all(): readonly FleetTask[] {
    return this.tasks;
  }

  /** Starts a task without delay. */
  public addHealthy(revision: number): void {
    this.run(this.add(revision));
  }

  public launch(revision: number): FleetTask {
    const task = this.add(revision);
    const now = this.time.nowSeconds;
    task.cancelLaunch = this.time.after(this.rate.reserve(now) - now, () => this.provision(task));
    return task;
  }

  public drain(task: FleetTask): void {
    if (this.isStopped) return;
    const { rehearsed } = task;
    if (rehearsed === undefined) {
      this.drop(task);
      return;
    }
    task.station = 'draining';
    task.ending = 'let go';
    void rehearsed.deregister(this.scenario.plan.deregistrationDelaySeconds).then(() => this.terminate(task, rehearsed));
  }

  public stop(task: FleetTask): void {
    const { rehearsed } = task;
    task.station = 'stopping';
    this.observer.onLost(task, LOSS.stopped);
    if (rehearsed === undefined) this.drop(task);
    else {
      task.ending = LOSS.stopped;
      void this.deregisterLater(task, rehearsed, this.scenario.plan.deregistrationDelaySeconds);
      this.terminate(task, rehearsed);
    }
  }

  public kill(task: FleetTask, how: string): void {
    const { rehearsed } = task;
    if (rehearsed !== undefined) {
      task.ending = how;
      void this.deregisterLater(task, rehearsed, 0);
      rehearsed.process.kill();
      return;
    }
    const wasKept = task.isKept;
    // first it is lost, then gone: what ECS has not noticed yet, it does not launch anew.
    task.station = 'stopping';
    if (wasKept) this.observer.onLost(task, how);
    this.drop(task);
  }

  /** Starts and ends nothing any more. The processes are ended by whoever started their runtime. */
  public stopAll(): void {
    this.isStopped = true;
    for (const task of this.tasks) task.cancelLaunch();
  }

  private add(revision: number): FleetTask {
    const task = new FleetTask(this.time, this.ever.length + 1, revision, this.zones.emptiest(this.tasks));
    this.tasks.push(task);
    this.ever.push(task);
    return task;
  }

  private provision(task: FleetTask): void {
    task.station = 'launching';
    task.beginToPay(LEAST_PAID_SECONDS);
    task.cancelLaunch = this.time.after(this.provisioning.around(launchTime(this.scenario)), () => this.run(task));
  }

  private run(task: FleetTask): void {
    task.station = 'launching';
    RehearsedTask.start(this.parts, (isHealthy) => this.noteHealth(task, isHealthy)).then(
      (rehearsed) => this.begin(task, rehearsed),
      (reason: Error) => this.giveUp(task, reason),
    );
  }

  private begin(task: FleetTask, rehearsed: RehearsedTask): void {
    // it may have been let go of while its process was being started.
    if (task.station !== 'launching') {
      void rehearsed.leave(0, 0);
      return;
    }
    task.rehearsed = rehearsed;
    rehearsed.setTrafficShare(task.trafficShare);
    task.station = 'running';
    void rehearsed.exited.then((exit) => this.noteExit(task, rehearsed, exit));
    if (this.crashes(task)) void this.crash(task, rehearsed);
    else rehearsed.untilHealthy().catch((reason: Error) => this.takeFailedStart(task, rehearsed, reason));
  }

  /** Its container starts, and ends before it serves. */
  private async crash(task: FleetTask, rehearsed: RehearsedTask): Promise<void> {
    await rehearsed.untilListening();
    this.kill(task, LOSS.atItsStart);
  }

  private noteHealth(task: FleetTask, isHealthy: boolean): void {
    if (task.station !== 'running' || task.isHealthy === isHealthy) return;
    task.isHealthy = isHealthy;
    if (isHealthy) {
      // a start takes its own time, which must not be held against the grace period.
      if (!task.wasHealthy) task.graceFromSeconds = this.time.nowSeconds;
      task.wasHealthy = true;
      this.observer.onHealthy(task);
    } else if (task.wasHealthy) this.condemnAfterGrace(task);
  }

  private condemnAfterGrace(task: FleetTask): void {
    const graceSeconds = task.graceFromSeconds + this.scenario.plan.deployment.healthCheckGracePeriodSeconds - this.time.nowSeconds;
    if (graceSeconds > 0) this.time.after(graceSeconds, () => this.condemn(task));
    else this.condemn(task);
  }

  private condemn(task: FleetTask): void {
    if (task.station !== 'running' || task.isHealthy || task.isCondemned) return;
    task.isCondemned = true;
    this.observer.onCondemned(task);
  }

  /** A task that runs and never became healthy is replaced, as one that ends is. */
  private takeFailedStart(task: FleetTask, rehearsed: RehearsedTask, reason: Error): void {
    if (this.isStopped || task.ending !== undefined) return;
    if (!task.isBefallen) this.observer.onFailedStart(reason);
    if (!rehearsed.hasEnded) this.condemn(task);
  }

  /** The system refused to run it at all. */
  private giveUp(task: FleetTask, reason: Error): void {
    if (this.isStopped || !task.isKept) return;
    this.observer.onFailedStart(reason);
    task.station = 'stopping';
    this.observer.onLost(task, 'could not be started');
    this.drop(task);
  }

  private noteExit(task: FleetTask, rehearsed: RehearsedTask, exit: TaskExit): void {
    if (this.isStopped) return;
    if (task.isKept) {
      task.station = 'stopping';
      void this.deregisterLater(task, rehearsed, 0).then(() => this.drop(task));
      this.observer.onLost(task, task.ending ?? howItEnded(exit));
    } else this.drop(task);
  }

  /** SIGTERM, and SIGKILL to a container that takes too long: what it needs cannot be sped up, so that the timeout runs on the wall clock. */
  private terminate(task: FleetTask, rehearsed: RehearsedTask): void {
    if (task.station === 'gone') return;
    task.station = 'stopping';
    task.isHealthy = false;
    void rehearsed.process.stop(this.scenario.plan.container.stopTimeoutSeconds).then(() => this.drop(task));
  }

  /** The load balancer learns some seconds late that a task has ended, or is about to. */
  private deregisterLater(task: FleetTask, rehearsed: RehearsedTask, delaySeconds: number): Promise<void> {
    task.deregistered ??= new Promise<void>((resolve) => {
      const lagSeconds = this.chance.within(this.scenario.behavior.deregistrationLagSeconds);
      this.time.after(lagSeconds, () => void rehearsed.deregister(delaySeconds).then(resolve));
    });
    return task.deregistered;
  }

  private drop(task: FleetTask): void {
    if (task.station === 'gone' || this.isStopped) return;
    task.cancelLaunch();
    task.station = 'gone';
    task.isHealthy = false;
    task.endToPay();
    this.tasks = this.tasks.filter((other) => other !== task);
    this.observer.onGone(task);
  }
}

function howItEnded(exit: TaskExit): string {
  return exit.isOutOfMemory ? LOSS.outOfMemory : `ended with ${exitInWords(exit)}`;
}
