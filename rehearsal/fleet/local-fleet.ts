import type { CpuUsage } from '../../src/ecs/cpu-credit-accounts';
import type { EventLog } from '../../src/ecs/event-log';
import type { DeploymentObserver } from '../../src/ecs/lifecycle-hook-runs';
import { type FleetRequests, ServiceFleet } from '../../src/ecs/service-fleet';
import { TaskClock } from '../../src/ecs/task-clock';
import { vcpuOf } from '../../src/plan/task-size';
import type { Scenario } from '../../src/run/scenario';
import type { FleetCounters } from '../../src/scaling/fleet';
import { type Clock, every } from '../../src/time/clock';
import type { LoadBalancer } from '../load-balancer/local-load-balancer';
import type { LocalTask } from './local-task';
import { LocalTasks, type LocalTasksParts } from './local-tasks';

/** A fleet of processes or containers of this machine. */
export type LocalFleet = ServiceFleet<LocalTask, LocalTasks>;

/** Creates the fleet of a rehearsal, without a task: that of a forecast with local tasks and real requests. */
export function localFleet(
  scenario: Scenario,
  parts: LocalTasksParts,
  events: EventLog,
  deploymentObserver?: DeploymentObserver,
): LocalFleet {
  const { clock, balancer } = parts;
  const taskClock = new TaskClock(clock);
  const tasks = new LocalTasks(taskClock, scenario, parts);
  const requests = new LocalRequests(clock, balancer, tasks);
  return new ServiceFleet({ scenario, taskClock, tasks, requests, events, deploymentObserver });
}

/** The interval at which the memory of the tasks is read, in seconds of the scenario. */
const MEMORY_READ_INTERVAL_SECONDS = 5;

/** The CPU and memory that the tasks of a rehearsal have used since their start. */
type TaskUsage = Pick<
  FleetCounters,
  `${'cpu' | 'drainingCpu'}${'' | 'Capacity'}Seconds` | `${'memory' | 'drainingMemory'}${'' | 'Capacity'}MiBSeconds`
>;

/** The requests through the local load balancer, and the usage of the tasks: CPU as their runtime reports it, memory as read at intervals. */
export class LocalRequests implements FleetRequests<LocalTask> {
  /** By the wall clock, as CPU is: utilization is a ratio of the two, so that the speed of the rehearsal does not matter. */
  private memoryReadAtMillis = performance.now();
  private readonly memory = {
    memoryMiBSeconds: 0,
    memoryCapacityMiBSeconds: 0,
    drainingMemoryMiBSeconds: 0,
    drainingMemoryCapacityMiBSeconds: 0,
  };

  public constructor(
    clock: Clock,
    private readonly balancer: LoadBalancer,
    private readonly tasks: LocalTasks,
  ) {
    every(clock, { firstAtSeconds: MEMORY_READ_INTERVAL_SECONDS, periodSeconds: MEMORY_READ_INTERVAL_SECONDS }, () => this.readMemory());
  }

  public get healthyCount(): number {
    return this.balancer.healthyCount;
  }

  public get counters(): FleetCounters {
    return { ...this.balancer.counters, ...this.readUsage(), cpuCreditSeconds: 0, cpuCreditInstanceSeconds: 0 };
  }

  /** By the wall clock. */
  public cpuUsageOf({ hasStarted, cpuSeconds, runningWallSeconds }: LocalTask): CpuUsage | undefined {
    return hasStarted && runningWallSeconds > 0 ? { cpuSeconds, seconds: runningWallSeconds } : undefined;
  }

  /** In seconds of the scenario. */
  public get billedTaskSeconds(): number {
    return this.tasks.createdTasks.reduce((sum, task) => sum + task.billedSecondsNow, 0);
  }

  /** Applies what has happened to the tasks to their targets of the load balancer, and then to the shares of the target groups. */
  public updateTargetsAndShares(): void {
    for (const task of this.tasks.all) task.updateLoadBalancerTarget();
    this.balancer.updateTrafficShares();
  }

  public setDependencyDelaySeconds(seconds: number): void {
    this.balancer.setAddedDelaySeconds(seconds);
  }

  private readMemory(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.memoryReadAtMillis) / 1000;
    this.memoryReadAtMillis = nowMillis;
    for (const { hasExited, memoryMiB, isActive, size } of this.tasks.createdTasks) {
      if (hasExited || memoryMiB === undefined) continue;
      this.memory.memoryMiBSeconds += memoryMiB * seconds;
      this.memory.memoryCapacityMiBSeconds += size.memoryMiB * seconds;
      if (isActive) continue;
      this.memory.drainingMemoryMiBSeconds += memoryMiB * seconds;
      this.memory.drainingMemoryCapacityMiBSeconds += size.memoryMiB * seconds;
    }
  }

  private readUsage(): TaskUsage {
    this.readMemory();
    const usage = { cpuSeconds: 0, cpuCapacitySeconds: 0, drainingCpuSeconds: 0, drainingCpuCapacitySeconds: 0 };
    for (const { cpuSeconds, runningWallSeconds, usageBeforeDraining, size } of this.tasks.createdTasks) {
      const vcpu = vcpuOf(size);
      usage.cpuSeconds += cpuSeconds;
      usage.cpuCapacitySeconds += vcpu * runningWallSeconds;
      if (usageBeforeDraining === undefined) continue;
      usage.drainingCpuSeconds += cpuSeconds - usageBeforeDraining.cpuSeconds;
      usage.drainingCpuCapacitySeconds += vcpu * (runningWallSeconds - usageBeforeDraining.runningWallSeconds);
    }
    return { ...usage, ...this.memory };
  }
}
