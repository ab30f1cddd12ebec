import type { Fault } from '../faults/fault-kinds';
import { SeededRandom } from '../math/seeded-random';
import { startCountOf } from '../plan/service-plan';
import type { EventDetails, OutcomeEventKind } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import type { FleetCounters, ObservedFleet } from '../scaling/fleet';
import type { CpuUsage } from './cpu-credit-accounts';
import type { EventLog } from './event-log';
import { type FaultEffects, FaultInjector } from './fault-injector';
import { FleetInstances } from './fleet-instances';
import type { DeploymentObserver } from './lifecycle-hook-runs';
import { ServiceScheduler } from './service-scheduler';
import { LOSS_TEXTS, REPLACEMENT_HEALTHY, type ServiceTask } from './service-task';
import type { ServiceTasks } from './service-tasks';
import type { TaskClock } from './task-clock';
import type { TaskObserver } from './task-pool';

/** Makes the random numbers differ from others of the same seed. */
const SEED_SALT = 0x105e;

/** The requests to the tasks of a service: simulated in a forecast, real ones through the local load balancer in a rehearsal. */
export interface FleetRequests<Task extends ServiceTask> {
  /** The number of targets that are healthy for the load balancer. */
  readonly healthyCount: number;
  /** What the tasks have served and used since the start. */
  readonly counters: FleetCounters;
  /** Seconds that are billed for all tasks since the start. */
  readonly billedTaskSeconds: number;
  /** Called before a task changes. */
  beforeTaskChange?(): void;
  /** Called after a task has changed. */
  afterTaskChange?(): void;
  /** Called when the traffic shares of the tasks have changed. */
  updateTargetsAndShares?(): void;
  /** A task does not respond from now on. */
  pause?(task: Task): void;
  unpause?(task: Task): void;
  /** The container of a task has exited: its requests in flight fail. */
  failRequestsOf?(task: Task): void;
  /** The CPU that a task has used since its start; undefined before it runs. */
  cpuUsageOf?(task: Task): CpuUsage | undefined;
  /** Called when a task is STOPPED. */
  onStopped?(task: Task): void;
  /** From now on each request waits this much longer for a slow dependency. */
  setDependencyDelaySeconds(seconds: number): void;
}

/** The parts of a fleet. Only the tasks and the requests differ between a forecast and a rehearsal. */
export interface FleetParts<Task extends ServiceTask, Tasks extends ServiceTasks<Task>> {
  readonly scenario: Scenario;
  readonly taskClock: TaskClock;
  readonly tasks: Tasks;
  readonly requests: FleetRequests<Task>;
  readonly events: EventLog;
  /** @default - none */
  readonly deploymentObserver?: DeploymentObserver;
}

/** The tasks of an ECS service, with its scheduler and the faults of a scenario: the same in a forecast and in a rehearsal. */
export class ServiceFleet<Task extends ServiceTask, Tasks extends ServiceTasks<Task> = ServiceTasks<Task>>
  implements ObservedFleet, TaskObserver<Task>, FaultEffects<Task>
{
  public readonly taskClock: TaskClock;
  public readonly tasks: Tasks;
  public readonly scheduler: ServiceScheduler<Task>;
  private readonly faultInjector: FaultInjector<Task>;
  private readonly requests: FleetRequests<Task>;
  private readonly random: SeededRandom;
  private readonly instances: FleetInstances<Task>;
  private maxRunningCountSoFar: number;
  private isStopped = false;

  public constructor(private readonly parts: FleetParts<Task, Tasks>) {
    const { scenario, taskClock, tasks, requests } = parts;
    const { deployment } = scenario.plan;
    const startCount = startCountOf(scenario.plan);
    this.taskClock = taskClock;
    this.tasks = tasks;
    this.requests = requests;
    this.random = new SeededRandom(scenario.seed ^ SEED_SALT);
    this.maxRunningCountSoFar = startCount;
    this.faultInjector = new FaultInjector(this);
    this.scheduler = new ServiceScheduler(tasks, deployment, startCount, {
      taskClock,
      recordEvent: (kind, description, details) => this.recordEvent(kind, description, details),
      onTrafficShift: () => this.onTrafficShift(),
      lambdaHookSeconds: scenario.behavior.lambdaHookSeconds,
      bakeTimePerEvaluation: scenario.behavior.bakeTimePerEvaluation,
      observer: parts.deploymentObserver,
    });
    this.instances = new FleetInstances({ ...parts, recordEvent: (...event) => this.recordEvent(...event) });
    taskClock.beforeAction = () => requests.beforeTaskChange?.();
    tasks.observe(this);
    this.scheduler.start();
    this.instances.startCpuCredits(() => this.onChange());
    // before anything changes, the tasks of the start are counted.
    this.onChange();
  }

  public get runningCount(): number {
    return this.tasks.byState.count((state) => state.isRunning);
  }

  public get healthyCount(): number {
    return this.requests.healthyCount;
  }

  public get maxRunningCount(): number {
    return this.maxRunningCountSoFar;
  }

  public get isSteady(): boolean {
    return this.scheduler.isSteady;
  }

  public get isDeploying(): boolean {
    return this.scheduler.isDeploying;
  }

  public get counters(): FleetCounters {
    return this.instances.withCpuCredits(this.requests.counters);
  }

  public get surplusCpuCredits(): number | undefined {
    return this.instances.surplusCpuCredits;
  }

  public get billedInstanceSeconds(): number | undefined {
    return this.instances.billedSeconds;
  }

  public get billedTaskSeconds(): number {
    return this.requests.billedTaskSeconds;
  }

  public setDesiredCount(desiredCount: number): void {
    if (this.isStopped) return;
    this.requests.beforeTaskChange?.();
    this.scheduler.setDesiredCount(desiredCount);
    this.onChange();
  }

  public setAlarmState(alarmName: string, isInAlarm: boolean): void {
    if (this.isStopped) return;
    const { isDeploying } = this.scheduler;
    if (isDeploying) this.requests.beforeTaskChange?.();
    this.scheduler.deployments.setAlarmState(alarmName, isInAlarm);
    if (isDeploying) this.onChange();
  }

  /** Injects a fault now, whatever its `atSeconds`. */
  public inject(fault: Fault): void {
    if (this.isStopped) return;
    this.requests.beforeTaskChange?.();
    this.faultInjector.inject(fault);
  }

  /** Launches and replaces nothing any more. Running tasks are ended by their runtime. */
  public stop(): void {
    this.isStopped = true;
    this.instances.stop();
    this.tasks.stopAll();
  }

  public recordEvent(kind: OutcomeEventKind, description: string, details?: EventDetails): void {
    this.parts.events.record(kind, description, details);
  }

  public pause(task: Task): void {
    this.requests.pause?.(task);
    this.tasks.pause(task);
  }

  public unpause(task: Task): void {
    this.requests.unpause?.(task);
    this.tasks.unpause(task);
  }

  public interruptSpot(task: Task): void {
    this.instances.interruptSpot(task, this.scheduler);
  }

  public setDependencyDelaySeconds(seconds: number): void {
    this.requests.setDependencyDelaySeconds(seconds);
  }

  public onChange(): void {
    this.requests.afterTaskChange?.();
    this.maxRunningCountSoFar = Math.max(this.maxRunningCountSoFar, this.runningCount);
  }

  public onHealthy(task: Task): void {
    if (task.isReplacement) this.recordEvent('replacement-healthy', REPLACEMENT_HEALTHY, { tasks: [task.number] });
    task.isReplacement = false;
    this.onChange();
    this.instances.onceWarm(task, this.scheduler.isDeploying, () => this.scheduler.onHealthy(task));
  }

  public onMarkedForReplacement(task: Task): void {
    this.recordEvent('task-lost', `a task ${LOSS_TEXTS.unhealthy}`, { tasks: [task.number] });
    this.scheduler.replaceUnhealthy(task);
  }

  public onExit(task: Task): void {
    this.requests.failRequestsOf?.(task);
  }

  public onLost(task: Task, lossText: string): void {
    if (!task.isLossReported) this.recordEvent('task-lost', `a task ${lossText}`, { tasks: [task.number] });
    this.scheduler.onLost(task);
    this.taskClock.after(this.random.uniformIn(this.parts.scenario.behavior.replacementSeconds), () => {
      if (!this.isStopped) this.scheduler.onLossNoticed();
    });
  }

  public onStopped(task: Task): void {
    this.requests.onStopped?.(task);
    if (!this.isStopped) this.scheduler.reconcile();
  }

  public crashesAtStart(task: Task): boolean {
    return this.faultInjector.isCrashingNewTasks || this.scheduler.deployments.isOfBadRevision(task);
  }

  private onTrafficShift(): void {
    this.requests.updateTargetsAndShares?.();
    this.onChange();
  }
}
