import type { TaskSize } from '../../plan/task-size';
import { vcpuOf } from '../../plan/task-size';
import type { Workload } from '../../workload/workload-parameters';
import type { SimulatedTask } from './simulated-task';

/** How many tasks there are in each state, and what they use besides what requests need. */
export interface TaskCounts {
  /** Tasks that are RUNNING. */
  running: number;
  healthy: number;
  /** Healthy targets with a traffic share above 0. */
  receivingTraffic: number;
  registered: number;
  billed: number;
  /** Tasks whose container runs, also while they stop. */
  runningContainers: number;
  /** Those of them that drain or stop. */
  drainingContainers: number;
  /** The vCPU that the tasks use without requests. */
  idleVcpu: number;
  /** The same for those that drain or stop. */
  drainingIdleVcpu: number;
  /** The vCPU of their task sizes. */
  totalVcpu: number;
}

/** What the tasks of a fleet use, from counts that are made once for each change of a task. */
export class FleetUsage {
  private cachedCounts: TaskCounts | undefined;

  public constructor(
    private readonly workload: Workload,
    private readonly size: TaskSize,
    private readonly tasks: () => readonly SimulatedTask[],
  ) {}

  public get counts(): Readonly<TaskCounts> {
    this.cachedCounts ??= this.count();
    return this.cachedCounts;
  }

  /** To be called when a task has changed. Counts now: what is used until the next change depends on the tasks as they are now. */
  public refresh(): void {
    this.cachedCounts = this.count();
  }

  /** The memory of all tasks with this mean number of requests in flight; at most what they have. */
  public memoryMiB(inFlightRequests: number): number {
    const { idleMemoryMiB, memoryMiBPerConcurrentRequest } = this.workload;
    const { runningContainers } = this.counts;
    return Math.min(
      runningContainers * this.size.memoryMiB,
      runningContainers * idleMemoryMiB + inFlightRequests * memoryMiBPerConcurrentRequest,
    );
  }

  /** The memory of the tasks that drain or stop, without that of their last requests. */
  public get drainingMemoryMiB(): number {
    return this.counts.drainingContainers * Math.min(this.size.memoryMiB, this.workload.idleMemoryMiB);
  }

  private count(): TaskCounts {
    const counts = {
      running: 0,
      healthy: 0,
      receivingTraffic: 0,
      registered: 0,
      billed: 0,
      runningContainers: 0,
      drainingContainers: 0,
      idleVcpu: 0,
      drainingIdleVcpu: 0,
      totalVcpu: 0,
    };
    for (const task of this.tasks()) {
      if (task.status === 'RUNNING') counts.running += 1;
      if (task.isHealthy) counts.healthy += 1;
      if (task.isBilled) counts.billed += 1;
      if (task.trafficShare > 0) countTarget(counts, task);
      if (task.isContainerRunning) this.countContainer(counts, task);
    }
    return counts;
  }

  private countContainer(counts: TaskCounts, task: SimulatedTask): void {
    counts.runningContainers += 1;
    counts.totalVcpu += vcpuOf(this.size);
    counts.idleVcpu += this.idleVcpuOf(task);
    if (task.isActive) return;
    counts.drainingContainers += 1;
    counts.drainingIdleVcpu += this.idleVcpuOf(task);
  }

  /** A task that starts uses all its CPU, a paused one none. */
  private idleVcpuOf(task: SimulatedTask): number {
    if (task.pauseFaultCount > 0) return 0;
    return task.isListening ? this.workload.idleVcpu : vcpuOf(this.size);
  }
}

/** Requests are counted per target of the target group that gets the traffic. */
function countTarget(counts: TaskCounts, task: SimulatedTask): void {
  if (task.isHealthy) counts.receivingTraffic += 1;
  if (task.isRegistered) counts.registered += 1;
}
