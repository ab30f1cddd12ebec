import { FaultInjector } from '../ecs/fault-injector';
import { LEAST_PAID_SECONDS } from '../ecs/least-paid';
import { LOSS, REPLACEMENT_HEALTHY, ZONE_RECOVERED } from '../ecs/loss';
import { ServiceScheduler } from '../ecs/service-scheduler';
import { TaskClock } from '../ecs/task-clock';
import { type FleetCounters, NOTHING_COUNTED } from '../scaling/fleet';
import { Chance } from '../scenario/chance';
import type { Client, ClientReading } from '../scenario/client';
import type { EventDetails, OutcomeEvent, OutcomeEventKind } from '../scenario/outcome';
import type { Scenario } from '../scenario/scenario';
import type { WatchedFleet } from '../scenario/watched-fleet';
import type { Time } from '../time/time';
import { ModelledClient } from './modelled-client';
import { FleetUse } from './tasks/fleet-use';
import type { ModelledTask } from './tasks/modelled-task';
import { ModelledTasks, type TaskObserver } from './tasks/modelled-tasks';

/**
 * Modelled tasks and the client that sends them traffic.
 *
 * Between two steps of a task's life nothing changes but the traffic. So the fleet moves on when it is looked at or changed:
 * `advance` sends what arrived since the last time.
 */
export class ModelledFleet implements WatchedFleet, Client, TaskObserver {
  public readonly events: OutcomeEvent[] = [];
  private readonly clock: TaskClock;
  private readonly tasks: ModelledTasks;
  private readonly scheduler: ServiceScheduler<ModelledTask>;
  private readonly client: ModelledClient;
  private readonly use: FleetUse;
  private readonly faults: FaultInjector<ModelledTask>;
  private readonly chance: Chance;
  private readonly counted = { ...NOTHING_COUNTED, taskSeconds: 0 };
  private idleCpuSeconds = 0;
  private advancedToSeconds = 0;
  private accruedToSeconds = 0;
  private mostSoFar: number;

  public constructor(
    private readonly time: Time,
    private readonly scenario: Scenario,
  ) {
    const { plan } = scenario;
    this.chance = new Chance(scenario.seed ^ 0x105e);
    this.clock = new TaskClock(time, () => this.settle());
    this.tasks = new ModelledTasks(this.clock, scenario, this, (task) => this.faults.isCrashing || this.scheduler.isBad(task));
    this.use = new FleetUse(scenario.workload, plan.task, () => this.tasks.all);
    this.client = new ModelledClient(scenario, {
      tasks: () => this.tasks.all,
      onOverload: (tasks, isOverloaded, atSeconds) => this.noteOverload(tasks, isOverloaded, atSeconds),
    });
    this.scheduler = new ServiceScheduler(this.tasks, plan.deployment, plan.policy.minCapacity, {
      clock: this.clock,
      note: (kind, description) => this.note(kind, description),
      onMove: () => this.onChange(),
    });
    this.mostSoFar = plan.policy.minCapacity;
    this.faults = new FaultInjector({
      clock: this.clock,
      tasks: this.tasks,
      scheduler: this.scheduler,
      onFault: ({ description, ...details }) => this.note('fault', description, details),
      onZoneRecovered: () => this.note('zone-recovered', ZONE_RECOVERED),
      onMemoryFilled: (task) => this.runOutOfMemory(task),
      onFreeze: (task) => this.client.freeze(task),
      onThaw: (task) => {
        this.client.thaw(task);
        this.tasks.thaw(task);
      },
      onChecksChange: (task) => this.tasks.health.review(task),
      onChange: () => this.onChange(),
      onSlowDependencies: (seconds) => {
        this.client.addedSeconds = seconds;
      },
    });
    for (const fault of scenario.faults ?? []) this.clock.at(fault.atSeconds, () => this.faults.happen(fault));
  }

  public get runningCount(): number {
    return this.use.now.running;
  }

  public get healthyCount(): number {
    return this.use.now.healthy;
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
    this.advance();
    this.accrue();
    const { toTasks, served, responses } = this.client.counts;
    return {
      ...this.counted,
      requests: toTasks,
      cpuSeconds: this.idleCpuSeconds + this.client.cpuSeconds,
      responses: served,
      responseSeconds: responses.mean,
      p50ResponseSeconds: responses.p50,
      p95ResponseSeconds: responses.p95,
    };
  }

  public get taskSeconds(): number {
    this.advance();
    this.accrue();
    return this.counted.taskSeconds;
  }

  public setDesiredCount(desiredCount: number): void {
    this.settle();
    this.scheduler.setDesiredCount(desiredCount);
    this.onChange();
  }

  public takeReading(): ClientReading {
    this.advance();
    return this.client.takeReading();
  }

  /** Sends what arrived since the last time. */
  public advance(): void {
    this.advanceTo(this.time.nowSeconds);
  }

  /** Sends what arrives until a second of the scenario, or until tasks become overloaded or recover; returns when that was. */
  public advanceTo(seconds: number): number {
    while (this.advancedToSeconds < seconds) {
      this.advancedToSeconds = this.client.sendUntil(seconds);
      if (this.client.takeNews()) break;
    }
    return this.advancedToSeconds;
  }

  public onChange(): void {
    this.accrue();
    this.use.refresh();
    this.client.refresh();
    this.mostSoFar = Math.max(this.mostSoFar, this.runningCount);
  }

  public onHealthy(task: ModelledTask): void {
    const { slowStartSeconds } = this.scenario.plan.routing;
    // the first target of an empty group is sent everything at once.
    const isFirst = this.healthyCount === 0;
    if (slowStartSeconds > 0 && !isFirst) task.slowStartSinceSeconds = this.clock.nowSeconds;
    if (task.isReplacement) this.note('replacement-healthy', REPLACEMENT_HEALTHY, { tasks: [task.number] });
    task.isReplacement = false;
    this.onChange();
    this.scheduler.reconcile();
  }

  public onUnhealthy(): void {
    this.onChange();
  }

  public onCondemned(task: ModelledTask): void {
    this.note('task-lost', `a task ${LOSS.unhealthy}`, { tasks: [task.number] });
    this.scheduler.giveUp(task);
  }

  public onEnd(task: ModelledTask): void {
    this.client.breakOff(task);
  }

  public onLost(task: ModelledTask, how: string): void {
    if (!task.isLossTold) this.note('task-lost', `a task ${how}`, { tasks: [task.number] });
    this.scheduler.lose(task);
    this.clock.after(this.chance.within(this.scenario.behavior.replacementSeconds), () => this.scheduler.replace());
  }

  public onGone(task: ModelledTask): void {
    if (task.launchedAtSeconds !== undefined) {
      this.counted.taskSeconds += Math.max(0, LEAST_PAID_SECONDS - (this.clock.nowSeconds - task.launchedAtSeconds));
    }
    this.scheduler.reconcile();
  }

  private runOutOfMemory(task: ModelledTask): void {
    const { memoryFillSeconds = 0 } = this.scenario;
    task.isLossTold = memoryFillSeconds === 0;
    if (memoryFillSeconds === 0) this.tasks.kill(task, LOSS.outOfMemory);
    else
      this.clock.after(memoryFillSeconds, () => {
        if (task.hasProcess) this.tasks.kill(task, LOSS.outOfMemory);
      });
  }

  private note(kind: OutcomeEventKind, description: string, details?: EventDetails): void {
    this.events.push({ atSeconds: this.clock.nowSeconds, kind, description, ...details });
  }

  /** Before a task changes: sends what came until now, and notes on each task what it works on. */
  private settle(): void {
    while (this.advancedToSeconds < this.time.nowSeconds) this.advance();
    this.client.rotation.settle();
  }

  private noteOverload(tasks: readonly ModelledTask[], isOverloaded: boolean, atSeconds: number): void {
    for (const task of tasks) {
      task.isOverloaded = isOverloaded;
      this.tasks.health.review(task, atSeconds);
    }
  }

  /** Adds up what the tasks have used since they last changed. */
  private accrue(): void {
    const seconds = this.advancedToSeconds - this.accruedToSeconds;
    if (seconds === 0) return;
    this.accruedToSeconds = this.advancedToSeconds;
    const { now } = this.use;
    const { counted } = this;
    counted.seconds += seconds;
    this.idleCpuSeconds += now.idleCores * seconds;
    counted.cpuCapacitySeconds += now.capacityCores * seconds;
    counted.memoryMiBSeconds += this.use.memoryMiB(this.client.takeInFlightSeconds() / seconds) * seconds;
    counted.memoryCapacityMiBSeconds += now.processes * this.scenario.plan.task.memoryMiB * seconds;
    counted.healthyTargetSeconds += now.receiving * seconds;
    counted.registeredTargetSeconds += now.registered * seconds;
    counted.taskSeconds += now.paid * seconds;
  }
}
