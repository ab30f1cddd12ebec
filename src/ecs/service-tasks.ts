import { SeededRandom } from '../math/seeded-random';
import { startCountOf } from '../plan/service-plan';
import { containerTimes } from '../plan/task-containers';
import { launchTimeSpread, provisioningRandom, type Scenario } from '../run/scenario';
import type { ContainerInstances } from './container-instances';
import { MINIMUM_BILLED_SECONDS, type ServiceTask } from './service-task';
import { SortedTasks } from './sorted-tasks';
import type { TaskClock } from './task-clock';
import type { TaskObserver, TaskPool } from './task-pool';
import { TasksByState } from './tasks-by-state';
import { WarmPoolInstances } from './warm-pool';
import { Zones } from './zones';

/** Makes the random numbers differ from others of the same seed. */
const SEED_SALT = 0x7a5c;

/** What is fixed when a task is launched. */
export interface TaskIdentity {
  /** Counts the tasks of the service, in the order of launch, from 1. */
  readonly number: number;
  readonly revision: number;
  readonly zone: number;
}

/**
 * The tasks of a service from PROVISIONING to STOPPED. Launch rate, provisioning, zones and billing are the same in a forecast and in
 * a rehearsal; a subclass runs the containers.
 */
export abstract class ServiceTasks<Task extends ServiceTask> implements TaskPool<Task> {
  public readonly zones: Zones;
  public readonly byState = new TasksByState<Task>();
  protected taskObserver!: TaskObserver<Task>;
  protected readonly random: SeededRandom;
  protected isStopped = false;
  private readonly tasks = new SortedTasks<Task>();
  private readonly changeListeners: ((task: Task) => void)[] = [(task) => this.byState.onChange(task)];
  private launchedCount = 0;
  private readonly launchRate = new LaunchRate();
  private readonly warmPool: WarmPoolInstances | undefined;
  /** The instances below the tasks; undefined on Fargate. */
  private containerInstances: ContainerInstances | undefined;
  private readonly provisioningRandom: SeededRandom;

  public constructor(
    protected readonly taskClock: TaskClock,
    protected readonly scenario: Scenario,
  ) {
    this.provisioningRandom = provisioningRandom(scenario);
    this.random = new SeededRandom(scenario.seed ^ SEED_SALT);
    this.zones = new Zones(scenario.plan.zoneCount);
    const { plan, behavior } = scenario;
    const pool = plan.instances?.warmPool;
    this.warmPool = pool && new WarmPoolInstances(pool, plan.policy.maxCapacity, behavior.instanceSeconds.median, startCountOf(plan));
  }

  public abstract addHealthy(revision: number): void;
  public abstract drain(task: Task): void;
  public abstract stop(task: Task): void;
  public abstract kill(task: Task, lossText: string): void;
  public abstract exhaustMemory(task: Task): void;
  public abstract pause(task: Task): void;
  public abstract unpause(task: Task): void;
  public abstract applyHealthCheckResult(task: Task): void;
  public abstract applySpeed(task: Task): void;
  protected abstract create(identity: TaskIdentity): Task;
  /** Starts the container of a task. */
  protected abstract startContainer(task: Task): void;

  public get all(): readonly Task[] {
    return this.tasks.all;
  }

  /** From now on calls a function with each task that is added, has changed or is STOPPED. */
  public onTaskChange(listener: (task: Task) => void): void {
    this.changeListeners.push(listener);
  }

  /** To be called once, before the first task is added. */
  public observe(observer: TaskObserver<Task>): void {
    this.taskObserver = observer;
  }

  public launch(revision: number): Task {
    const task = this.add(revision);
    if (this.containerInstances !== undefined) {
      this.containerInstances.place(task, () => this.provision(task));
      return task;
    }
    const { nowSeconds } = this.taskClock;
    const startSeconds = this.launchRate.reserveLaunch(nowSeconds);
    if (startSeconds <= nowSeconds) this.provision(task);
    else this.taskClock.at(startSeconds, () => this.provision(task));
    return task;
  }

  /** Runs the tasks on the instances of a capacity provider. To be called once, before the first task is added. */
  public runOn(containerInstances: ContainerInstances): void {
    this.containerInstances = containerInstances;
  }

  /** Starts and ends nothing any more. */
  public stopAll(): void {
    this.isStopped = true;
    this.containerInstances?.stop();
  }

  protected add(revision: number): Task {
    const zone = this.zones.emptiest(this.byState.activeCountsByZone);
    const task = this.create({ number: ++this.launchedCount, revision, zone });
    this.tasks.add(task);
    task.onUpdate = () => this.reportChange(task);
    this.reportChange(task);
    return task;
  }

  /** Adds a task that has its place on an instance already. */
  protected addPlaced(revision: number): Task {
    const task = this.add(revision);
    this.containerInstances?.place(task, () => {});
    return task;
  }

  protected remove(task: Task): void {
    if (task.status === 'STOPPED' || this.isStopped) return;
    task.update({ status: 'STOPPED', isHealthy: false });
    task.stopBilling(this.taskClock.nowSeconds);
    this.tasks.remove(task);
    this.containerInstances?.release(task);
    this.taskObserver.onChange();
    this.taskObserver.onStopped(task);
  }

  private takesWarmInstance(): boolean {
    if (this.warmPool === undefined) return false;
    const inService = this.byState.count((state) => state.isActive);
    return this.warmPool.take(this.taskClock.nowSeconds, inService);
  }

  private reportChange(task: Task): void {
    for (const listener of this.changeListeners) listener(task);
  }

  private provision(task: Task): void {
    if (task.status !== 'PROVISIONING' || this.isStopped) return;
    task.update({ status: 'PENDING' });
    task.startBilling(this.taskClock.nowSeconds, MINIMUM_BILLED_SECONDS);
    this.taskObserver.onChange();
    const { plan, workload } = this.scenario;
    const { servingStartSeconds } = containerTimes(plan.containers ?? [], workload.startUpSeconds);
    const provisioningSeconds =
      this.provisioningRandom.lognormal(launchTimeSpread(this.scenario, this.takesWarmInstance())) + servingStartSeconds;
    task.registrationLagSeconds = this.provisioningRandom.uniformIn(this.scenario.behavior.registrationLagSeconds);
    this.taskClock.after(provisioningSeconds, () => {
      if (task.status === 'PENDING' && !this.isStopped) this.startContainer(task);
    });
  }
}

/**
 * Launches of Fargate tasks at once, and per second after that, for one account and region
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html).
 */
const BURST_LAUNCHES = 100;
const LAUNCHES_PER_SECOND = 20;

/** Launches per minute of one service (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). */
const MAX_LAUNCHES_PER_MINUTE = 500;
const SECONDS_PER_MINUTE = 60;

/** The launch rate of one service on Fargate: a token bucket, and a limit per minute. */
export class LaunchRate {
  private tokens = BURST_LAUNCHES;
  /** The second at which the bucket had `tokens`. */
  private tokensAtSeconds = 0;
  /** The seconds of the last launches, at most as many as the limit per minute. */
  private readonly launchedAtSeconds: number[] = [];

  /** Reserves a launch; returns the second at which it begins. */
  public reserveLaunch(nowSeconds: number): number {
    const earliestSeconds =
      this.launchedAtSeconds.length >= MAX_LAUNCHES_PER_MINUTE ? this.launchedAtSeconds.shift()! + SECONDS_PER_MINUTE : 0;
    const startSeconds = this.takeToken(Math.max(nowSeconds, earliestSeconds));
    this.launchedAtSeconds.push(startSeconds);
    return startSeconds;
  }

  private takeToken(requestedSeconds: number): number {
    // earlier reservations may have taken tokens of later seconds.
    const fromSeconds = Math.max(requestedSeconds, this.tokensAtSeconds);
    const tokens = Math.min(BURST_LAUNCHES, this.tokens + (fromSeconds - this.tokensAtSeconds) * LAUNCHES_PER_SECOND);
    const waitSeconds = tokens >= 1 ? 0 : (1 - tokens) / LAUNCHES_PER_SECOND;
    this.tokens = tokens + waitSeconds * LAUNCHES_PER_SECOND - 1;
    this.tokensAtSeconds = fromSeconds + waitSeconds;
    return this.tokensAtSeconds;
  }
}
