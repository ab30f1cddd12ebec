import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { TaskSize } from '../../../src/plan/task-size';

/** A process whose output is read and whose input is empty. */
export type TaskChild = ChildProcessByStdio<null, Readable, Readable>;

/** Holds a task's processes to their size. */
export interface Confinement {
  /** CPU seconds used since the start, to the best knowledge at this moment. */
  cpuSeconds(): number;

  /** The memory held now; undefined where it cannot be seen. */
  memoryMiB(): number | undefined;

  /** Whether the task has needed more memory than it has, so that it has to end. */
  isOutOfMemory(): boolean;

  /** Sets the share of a core that it gets, at first that of its size. */
  setVcpu(vcpu: number): void;

  /** Lets all processes stand still until `thaw`. */
  freeze(): void;
  thaw(): void;

  /** Ends all processes. */
  kill(): void;

  /** Starts something inside, which ends with the task. */
  add(spawn: () => TaskChild): void;

  /** Lets go of everything that it needs. The task has ended. */
  close(): void;
}

/** A process that has been started, and what confines it. */
export interface ConfinedChild {
  readonly child: TaskChild;
  readonly confinement: Confinement;
}

/** One way of confining tasks. */
export interface ConfinementMethod {
  /** Such as `CPU quota by cgroup v1`. */
  readonly description: string;

  /**
   * Confines what is spawned, with everything that it will start. Rejects with the system's error where it does not start.
   *
   * @param number the number of the task, from 1.
   */
  confine(number: number, size: TaskSize, spawn: () => TaskChild): Promise<ConfinedChild>;

  /** Leaves nothing behind; all tasks have ended. */
  close(): void;
}
