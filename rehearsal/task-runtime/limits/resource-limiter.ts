import type { ChildProcess } from 'node:child_process';
import type { TaskSize } from '../../../src/plan/task-size';
import type { TaskChild } from '../process/task-child';

/** Limits a task's processes to the CPU and the memory of its size. */
export interface ResourceLimits {
  /** CPU seconds used since the start. */
  cpuSeconds(): number;

  /** The memory in use now; undefined if it is not known. */
  memoryMiB(): number | undefined;

  /** Whether the task needed more memory than its limit, and has to be killed. */
  isOutOfMemory(): boolean;

  /** Sets the CPU quota, in cores. It starts with that of the task size. */
  setVcpu(vcpu: number): void;

  /** Pauses all processes until `unpause`. */
  pause(): void;
  unpause(): void;

  /** Kills all processes. */
  kill(): void;

  /** Starts another process within the same limits. It is killed with the task. */
  add(spawn: () => TaskChild): void;

  /** Releases all resources. To be called once the task has exited. */
  close(): void;
}

/** A process that has been started, and its limits. */
export interface LimitedChild {
  readonly child: ChildProcess;
  readonly limits: ResourceLimits;
}

/** One way to limit the CPU and the memory of tasks. */
export interface ResourceLimiter {
  /** Such as `CPU quota by cgroup v1`. */
  readonly description: string;

  /**
   * Spawns a process within limits, which also apply to every process that it starts. Rejects with the system's error if it does not
   * start.
   *
   * @param taskNumber from 1.
   */
  limit(taskNumber: number, size: TaskSize, spawn: () => ChildProcess): Promise<LimitedChild>;

  /** Removes what it has created. To be called once all tasks have exited. */
  close(): void;
}
