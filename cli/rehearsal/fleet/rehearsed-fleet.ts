import { FaultInjector } from '../../../src/ecs/fault-injector';
import { LOSS, REPLACEMENT_HEALTHY, ZONE_RECOVERED } from '../../../src/ecs/loss';
import { ServiceScheduler } from '../../../src/ecs/service-scheduler';
import { TaskClock } from '../../../src/ecs/task-clock';
import { type FleetCounters, NOTHING_COUNTED } from '../../../src/scaling/fleet';
import { Chance } from '../../../src/scenario/chance';
import type { Fault } from '../../../src/scenario/fault';
import type { EventDetails, OutcomeEventKind } from '../../../src/scenario/outcome';
import type { Scenario } from '../../../src/scenario/scenario';
import type { WatchedFleet } from '../../../src/scenario/watched-fleet';
import { every } from '../../../src/time/every';
import type { Time } from '../../../src/time/time';
import type { LoadBalancer } from '../load-balancer/load-balancer';
import { START_LIMIT_SECONDS } from '../rehearsed-task';
import type { TaskRuntime } from '../tasks/task-runtime';
import { FleetAccounts } from './fleet-accounts';
import type { FleetTask } from './fleet-task';
import { type RehearsedTaskObserver, RehearsedTasks } from './rehearsed-tasks';

/** Tasks that fail this often in a row before they were ever healthy will not do better the next time. */
const FAILED_STARTS = 3;

/** How often the memory of the tasks is looked at, in seconds of the scenario. */
const MEMORY_LOOK_SECONDS = 5;

/** What a fleet of real tasks stands on. */
export interface RehearsedFleetParts {
  readonly time: Time;
  readonly scenario: Scenario;
  readonly runtime: TaskRuntime;
  readonly balancer: LoadBalancer;
  /** Told when no task can be started any more. */
  readonly onFailure: (failure: Error) => void;
  /** Told what befalls the tasks. */
  readonly onEvent: (kind: OutcomeEventKind, description: string, details?: EventDetails) => void;
}

/** A fleet of real tasks behind a real load balancer. The same scheduler looks after them, and the same faults befall them, as in a forecast. */
export class RehearsedFleet implements WatchedFleet, RehearsedTaskObserver {
  private readonly clock: TaskClock;
  private readonly pool: RehearsedTasks;
  private readonly accounts: FleetAccounts;
  private readonly scheduler: ServiceScheduler<FleetTask>;
  private readonly faults: FaultInjector<FleetTask>;
  private readonly chance: Chance;
  private mostSoFar = 0;
  private failedStarts = 0;
  private hasBegun = false;
  private isStopped = false;
  private becomeReady: () => void = () => {};

  public constructor(private readonly parts: RehearsedFleetParts) {
    const { time, scenario, balancer } = parts;
    const { plan } = scenario;
    this.chance = new Chance(scenario.seed ^ 0x105e);
    this.clock = new TaskClock(time, () => {});
    const taskParts = { ...parts, healthCheckPath: plan.healthCheck.path, startLimitSeconds: START_LIMIT_SECONDS };
    this.pool = new RehearsedTasks(time, scenario, taskParts, this, (task) => this.faults.isCrashing || this.scheduler.isBad(task));
    this.accounts = new FleetAccounts(plan.task, this.pool.ever);
    every(time, { firstAtSeconds: MEMORY_LOOK_SECONDS, periodSeconds: MEMORY_LOOK_SECONDS }, () => this.accounts.look());
    this.scheduler = new ServiceScheduler(this.pool, plan.deployment, plan.policy.minCapacity, {
      clock: this.clock,
      note: parts.onEvent,
      onMove: () => this.shareTraffic(),
    });
    this.faults = new FaultInjector({
      clock: this.clock,
      tasks: this.pool,
      scheduler: this.scheduler,
      onFault: ({ description, ...details }) => parts.onEvent('fault', description, details),
      onZoneRecovered: () => parts.onEvent('zone-recovered', ZONE_RECOVERED),
      onMemoryFilled: (task) => {
        task.isFilled = true;
        task.rehearsed?.process.fillMemory();
      },
      onFreeze: (task) => task.rehearsed?.freeze(),
      onThaw: (task) => task.rehearsed?.thaw(),
      onChecksChange: (task) => task.rehearsed?.setFailsChecks(task.checkFailures > 0),
      onSpeedChange: (task) => task.rehearsed?.process.setSpeedShare(task.speedShare),
      onChange: () => {},
      onSlowDependencies: (seconds) => balancer.setAddedDelaySeconds(seconds),
    });
  }

  /** All tasks that are not gone, the oldest first. */
  public get tasks(): readonly FleetTask[] {
    return this.pool.all;
  }

  public get runningCount(): number {
    return this.tasks.filter((task) => task.station === 'running').length;
  }

  public get healthyCount(): number {
    return this.parts.balancer.healthyCount;
  }

  public get mostRunning(): number {
    return this.mostSoFar;
  }

  public get isSteady(): boolean {
    return this.scheduler.isSteady;
  }

  public get isDeploying(): boolean {
    return this.scheduler.isDeploying;
  }

  public get counters(): FleetCounters {
    return { ...NOTHING_COUNTED, ...this.parts.balancer.counters, ...this.accounts.read() };
  }

  public get taskSeconds(): number {
    return this.pool.ever.reduce((sum, task) => sum + task.paidSeconds, 0);
  }

  /** Waits until all tasks that the service begins with are healthy; it may begin with none. */
  public async begin(): Promise<void> {
    if (this.tasks.length > 0 && !this.areAllHealthy) {
      await new Promise<void>((resolve) => {
        this.becomeReady = resolve;
      });
    }
    this.hasBegun = true;
  }

  /** Counts the time of all tasks from now on. */
  public beginToPay(): void {
    for (const task of this.tasks) task.beginToPay();
  }

  public setDesiredCount(desiredCount: number): void {
    if (!this.isStopped) this.scheduler.setDesiredCount(desiredCount);
  }

  /** Lets a fault happen now, whenever it was meant to. */
  public befall(fault: Fault): void {
    if (!this.isStopped) this.faults.happen(fault);
  }

  /** Starts and replaces nothing any more. The tasks are ended by whoever started their runtime. */
  public stop(): void {
    this.isStopped = true;
    this.pool.stopAll();
  }

  public onHealthy(task: FleetTask): void {
    this.failedStarts = 0;
    this.mostSoFar = Math.max(this.mostSoFar, this.runningCount);
    if (task.isReplacement) this.parts.onEvent('replacement-healthy', REPLACEMENT_HEALTHY, { tasks: [task.number] });
    task.isReplacement = false;
    if (this.areAllHealthy) this.becomeReady();
    this.scheduler.reconcile();
  }

  public onCondemned(task: FleetTask): void {
    this.parts.onEvent('task-lost', `a task ${LOSS.unhealthy}`, { tasks: [task.number] });
    this.scheduler.giveUp(task);
  }

  public onLost(task: FleetTask, how: string): void {
    if (!task.isLossTold) this.parts.onEvent('task-lost', `a task ${how}`, { tasks: [task.number] });
    this.scheduler.lose(task);
    this.clock.after(this.chance.within(this.parts.scenario.behavior.replacementSeconds), () => {
      if (!this.isStopped) this.scheduler.replace();
    });
  }

  public onGone(): void {
    if (!this.isStopped) this.scheduler.reconcile();
  }

  public onFailedStart(reason: Error): void {
    this.failedStarts += 1;
    if (!this.hasBegun || this.failedStarts >= FAILED_STARTS) this.parts.onFailure(reason);
  }

  private get areAllHealthy(): boolean {
    return this.tasks.length > 0 && this.tasks.every((task) => task.isHealthy);
  }

  /** Tells the load balancer what share of the traffic each task gets while a deployment moves it. */
  private shareTraffic(): void {
    for (const task of this.tasks) task.rehearsed?.setTrafficShare(task.trafficShare);
    this.parts.balancer.updateShares();
  }
}
