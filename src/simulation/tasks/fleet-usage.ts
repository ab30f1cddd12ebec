import type { FleetCounters } from '../../metrics/fleet-counters';
import { type TaskSize, vcpuOf } from '../../plan/task-size';
import type { Workload } from '../../workload/workload-parameters';
import { type ReportingTasks, TaskCounts } from './task-counts';

/** The counters that the simulated client counts, by request, and those of CPU credits, which a fleet counts. */
export type RequestCounter =
  | 'requests'
  | 'cpuSeconds'
  | 'drainingCpuSeconds'
  | 'responses'
  | 'responseSeconds'
  | 'p50ResponseSeconds'
  | 'p95ResponseSeconds'
  | 'p99ResponseSeconds'
  | 'cpuCreditSeconds'
  | 'cpuCreditInstanceSeconds';

/** What the tasks of a fleet have used since the start, apart from what is counted by request. */
export class FleetUsage implements Omit<FleetCounters, RequestCounter> {
  public seconds = 0;
  public cpuCapacitySeconds = 0;
  public memoryMiBSeconds = 0;
  public memoryCapacityMiBSeconds = 0;
  public drainingCpuCapacitySeconds = 0;
  public drainingMemoryMiBSeconds = 0;
  public drainingMemoryCapacityMiBSeconds = 0;
  public healthyTargetSeconds = 0;
  public registeredTargetSeconds = 0;
  /** The CPU time that the tasks used without requests, and what those of them used that drain or stop. */
  public idleCpuSeconds = 0;
  public drainingIdleCpuSeconds = 0;
  public billedTaskSeconds = 0;
  private readonly taskCounts: TaskCounts;
  private readonly vcpu: number;

  public constructor(
    private readonly workload: Workload,
    private readonly size: TaskSize,
    tasks: ReportingTasks,
  ) {
    this.taskCounts = new TaskCounts(workload, size, tasks);
    this.vcpu = vcpuOf(size);
  }

  public get healthyCount(): number {
    return this.taskCounts.all.healthy;
  }

  /** To be called when a task has changed: what is used until the next change depends on the tasks as they are now. */
  public refresh(): void {
    this.taskCounts.refresh();
  }

  /** Adds what the tasks have used in this time, with this mean number of requests in flight. */
  public add(seconds: number, inFlightRequests: number): void {
    const { taskCounts, vcpu } = this;
    const { memoryMiB } = this.size;
    const { billed, runningContainers, drainingContainers } = taskCounts.all;
    const { healthy, registered } = taskCounts.targets;
    this.seconds += seconds;
    this.cpuCapacitySeconds += runningContainers * vcpu * seconds;
    this.memoryMiBSeconds += this.usedMemoryMiB(inFlightRequests) * seconds;
    this.memoryCapacityMiBSeconds += runningContainers * memoryMiB * seconds;
    this.drainingCpuCapacitySeconds += drainingContainers * vcpu * seconds;
    this.drainingMemoryMiBSeconds += this.drainingMemoryMiB * seconds;
    this.drainingMemoryCapacityMiBSeconds += drainingContainers * memoryMiB * seconds;
    this.healthyTargetSeconds += Math.max(1, healthy) * seconds;
    this.registeredTargetSeconds += Math.max(1, registered) * seconds;
    this.idleCpuSeconds += taskCounts.idleVcpu * seconds;
    this.drainingIdleCpuSeconds += taskCounts.drainingIdleVcpu * seconds;
    this.billedTaskSeconds += billed * seconds;
  }

  /** The memory of all tasks; at most what they have. */
  private usedMemoryMiB(inFlightRequests: number): number {
    const { idleMemoryMiB, memoryMiBPerConcurrentRequest } = this.workload;
    const { runningContainers } = this.taskCounts.all;
    return Math.min(
      runningContainers * this.size.memoryMiB,
      runningContainers * idleMemoryMiB + inFlightRequests * memoryMiBPerConcurrentRequest,
    );
  }

  /** The memory of the tasks that drain or stop, without that of their last requests. */
  private get drainingMemoryMiB(): number {
    return this.taskCounts.all.drainingContainers * Math.min(this.size.memoryMiB, this.workload.idleMemoryMiB);
  }
}
