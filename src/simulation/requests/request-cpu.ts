import type { TaskGroup } from './task-group';

/** The CPU time that requests have used, since the start. */
export class RequestCpu {
  public seconds = 0;
  /** What requests at tasks that drain or stop used of it. */
  public drainingSeconds = 0;

  /** Adds what requests used at the tasks of a group. */
  public add(seconds: number, { isActive }: TaskGroup): void {
    this.seconds += seconds;
    if (!isActive) this.drainingSeconds += seconds;
  }
}
