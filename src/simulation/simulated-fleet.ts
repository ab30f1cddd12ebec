import type { CpuUsage } from '../ecs/cpu-credit-accounts';
import { EventLog } from '../ecs/event-log';
import { type FleetRequests, ServiceFleet } from '../ecs/service-fleet';
import { TaskClock } from '../ecs/task-clock';
import { vcpuOf } from '../plan/task-size';
import type { Client, ClientMeasurements } from '../run/client';
import type { Scenario } from '../run/scenario';
import type { FleetCounters } from '../scaling/fleet';
import type { Clock } from '../time/clock';
import { SimulatedClient } from './simulated-client';
import { FleetUsage } from './tasks/fleet-usage';
import type { SimulatedTask } from './tasks/simulated-task';
import { SimulatedTasks } from './tasks/simulated-tasks';

/** A fleet of simulated tasks, and the requests to them. */
export interface SimulatedFleet {
  readonly fleet: ServiceFleet<SimulatedTask>;
  readonly requests: SimulatedRequests;
  readonly events: EventLog;
}

/** Creates the fleet of a forecast. */
export function simulatedFleet(clock: Clock, scenario: Scenario): SimulatedFleet {
  const taskClock = new TaskClock(clock);
  const tasks = new SimulatedTasks(taskClock, scenario);
  const requests = new SimulatedRequests(clock, scenario, tasks);
  const events = new EventLog(clock);
  return { fleet: new ServiceFleet({ scenario, taskClock, tasks, requests, events }), requests, events };
}

/**
 * The simulated requests to the tasks of a fleet, and what the tasks use.
 *
 * Between two changes of a task only the traffic changes. So requests are sent only when their counts are read or a task is about to
 * change: `sendUntilNow` sends those since the last time.
 */
export class SimulatedRequests implements FleetRequests<SimulatedTask>, Client {
  private readonly client: SimulatedClient;
  private readonly fleetUsage: FleetUsage;
  private sentUntilSeconds = 0;
  private usageAddedUntilSeconds = 0;

  public constructor(
    private readonly clock: Clock,
    private readonly scenario: Scenario,
    tasks: SimulatedTasks,
  ) {
    this.fleetUsage = new FleetUsage(scenario.workload, scenario.plan.task, tasks);
    this.client = new SimulatedClient(scenario, {
      tasks,
      onOverloadChange: (overloaded, isOverloaded, atSeconds) => tasks.setOverloaded(overloaded, isOverloaded, atSeconds),
    });
  }

  public get healthyCount(): number {
    return this.fleetUsage.healthyCount;
  }

  public get counters(): FleetCounters {
    this.sendUntilNow();
    this.addUsage();
    const { fleetUsage } = this;
    const { sentToTasks, served, responseSeconds } = this.client.counts;
    // each counter is named here, so that a new one cannot be left out.
    return {
      seconds: fleetUsage.seconds,
      requests: sentToTasks,
      cpuSeconds: fleetUsage.idleCpuSeconds + this.client.cpu.seconds,
      cpuCapacitySeconds: fleetUsage.cpuCapacitySeconds,
      memoryMiBSeconds: fleetUsage.memoryMiBSeconds,
      memoryCapacityMiBSeconds: fleetUsage.memoryCapacityMiBSeconds,
      drainingCpuSeconds: fleetUsage.drainingIdleCpuSeconds + this.client.cpu.drainingSeconds,
      drainingCpuCapacitySeconds: fleetUsage.drainingCpuCapacitySeconds,
      drainingMemoryMiBSeconds: fleetUsage.drainingMemoryMiBSeconds,
      drainingMemoryCapacityMiBSeconds: fleetUsage.drainingMemoryCapacityMiBSeconds,
      healthyTargetSeconds: fleetUsage.healthyTargetSeconds,
      registeredTargetSeconds: fleetUsage.registeredTargetSeconds,
      responses: served,
      responseSeconds: responseSeconds.mean,
      p50ResponseSeconds: responseSeconds.p50,
      p95ResponseSeconds: responseSeconds.p95,
      p99ResponseSeconds: responseSeconds.p99,
      cpuCreditSeconds: 0,
      cpuCreditInstanceSeconds: 0,
    };
  }

  public get billedTaskSeconds(): number {
    this.sendUntilNow();
    this.addUsage();
    return this.fleetUsage.billedTaskSeconds;
  }

  public takeMeasurements(): ClientMeasurements {
    this.sendUntilNow();
    return this.client.takeMeasurements();
  }

  /** Sends the requests since the last time. */
  public sendUntilNow(): void {
    this.sendUntil(this.clock.nowSeconds);
  }

  /** Sends the requests until a second of the scenario, or until tasks become overloaded or recover; returns when that was. */
  public sendUntil(seconds: number): number {
    while (this.sentUntilSeconds < seconds) {
      this.sentUntilSeconds = this.client.sendUntil(seconds);
      if (this.client.takeOverloadChange()) break;
    }
    return this.sentUntilSeconds;
  }

  /** Sends the requests until now, to the tasks as they are now. */
  public beforeTaskChange(): void {
    while (this.sentUntilSeconds < this.clock.nowSeconds) this.sendUntilNow();
    this.client.targets.beforeTaskChange();
  }

  public afterTaskChange(): void {
    this.addUsage();
    this.fleetUsage.refresh();
    this.client.refresh();
  }

  public pause(task: SimulatedTask): void {
    this.client.pause(task);
  }

  public unpause(task: SimulatedTask): void {
    this.client.unpause(task);
  }

  public failRequestsOf(task: SimulatedTask): void {
    this.client.failRequestsOf(task);
  }

  /** The CPU time of a task for requests, and what it has used without them since its container started. */
  public cpuUsageOf(task: SimulatedTask): CpuUsage | undefined {
    if (!task.isContainerRunning) return undefined;
    if (this.sentUntilSeconds < this.clock.nowSeconds) this.sendUntilNow();
    const seconds = this.clock.nowSeconds - task.containerStartedAtSeconds;
    const startingSeconds = Math.min(seconds, task.containerStartedAtSeconds > 0 ? this.scenario.workload.startUpSeconds : 0);
    const idleSeconds = seconds - startingSeconds;
    const withoutRequests = startingSeconds * vcpuOf(this.scenario.plan.task) + idleSeconds * this.scenario.workload.idleVcpu;
    return { seconds, cpuSeconds: withoutRequests + this.client.targets.requestCpuSecondsOf(task) };
  }

  public onStopped(task: SimulatedTask): void {
    this.fleetUsage.billedTaskSeconds += task.extraBilledSeconds;
  }

  public setDependencyDelaySeconds(seconds: number): void {
    this.client.dependencyDelaySeconds = seconds;
  }

  /** Adds what the tasks have used since one of them last changed. */
  private addUsage(): void {
    const seconds = this.sentUntilSeconds - this.usageAddedUntilSeconds;
    if (seconds === 0) return;
    this.usageAddedUntilSeconds = this.sentUntilSeconds;
    this.fleetUsage.add(seconds, this.client.takeInFlightRequestSeconds() / seconds);
  }
}
