import type { TaskSize } from '../../plan/task-size';
import { vcpuOf } from '../../plan/task-size';
import type { Workload } from '../../scenario/workload';
import type { ModelledTask } from './modelled-task';

/** How many tasks of each kind there are, and what they use besides what requests need. */
export interface TaskCounts {
  /** Tasks that run and are not on their way out. */
  running: number;
  healthy: number;
  /** Healthy ones that get traffic: all but those that a deployment keeps apart. */
  receiving: number;
  registered: number;
  paid: number;
  /** Tasks whose container runs, on its way out or not. */
  processes: number;
  idleCores: number;
  capacityCores: number;
}

/** Counts the tasks of a fleet when one of them has changed, and not each second. */
export class FleetUse {
  private counts: TaskCounts | undefined;

  public constructor(
    private readonly workload: Workload,
    private readonly size: TaskSize,
    private readonly tasks: () => readonly ModelledTask[],
  ) {}

  public get now(): Readonly<TaskCounts> {
    this.counts ??= this.count();
    return this.counts;
  }

  /** To be called when a task has changed. */
  public refresh(): void {
    this.counts = undefined;
  }

  /** Memory that all tasks use together while so many requests are in flight, on average: as much as they have at most. */
  public memoryMiB(inFlight: number): number {
    const { fixedMemoryMiB, memoryMiBPerConcurrentRequest } = this.workload;
    const { processes } = this.now;
    return Math.min(processes * this.size.memoryMiB, processes * fixedMemoryMiB + inFlight * memoryMiBPerConcurrentRequest);
  }

  private count(): TaskCounts {
    const counts = { running: 0, healthy: 0, receiving: 0, registered: 0, paid: 0, processes: 0, idleCores: 0, capacityCores: 0 };
    for (const task of this.tasks()) {
      if (task.station === 'running') counts.running += 1;
      if (task.isHealthy) counts.healthy += 1;
      if (task.isPaid) counts.paid += 1;
      if (task.trafficShare > 0) countTarget(counts, task);
      if (task.hasProcess) this.countProcess(counts, task);
    }
    return counts;
  }

  private countProcess(counts: TaskCounts, task: ModelledTask): void {
    counts.processes += 1;
    counts.capacityCores += vcpuOf(this.size);
    counts.idleCores += this.idleCoresOf(task);
  }

  /** A task that starts takes all the CPU it may have; a frozen one takes none. */
  private idleCoresOf(task: ModelledTask): number {
    if (task.freezes > 0) return 0;
    return task.isListening ? this.workload.fixedCores : vcpuOf(this.size);
  }
}

/** Requests are counted per target of the group that has the traffic. */
function countTarget(counts: TaskCounts, task: ModelledTask): void {
  if (task.isHealthy) counts.receiving += 1;
  if (task.isRegistered) counts.registered += 1;
}
