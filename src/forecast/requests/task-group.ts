import type { TaskServer } from '../latency';
import type { ModelledTask } from '../tasks/modelled-task';

/** What becomes of requests that are sent to a task: it serves them, has no process to take them, or holds them for ever. */
export type Fate = 'served' | 'refused' | 'held';

/** Tasks that are alike in all that requests meet, and so fare alike: what holds of one of them holds of all. */
export class TaskGroup {
  public readonly tasks: ModelledTask[] = [];
  /** The share of all requests that one of the tasks is sent. */
  public shareOfTask = 0;
  /** Whether users give up before one of the tasks answers. */
  public isOverdue = false;
  /** Whether one of the tasks takes longer to answer than a health check waits. */
  public isOverloaded: boolean;
  /** Requests that one of the tasks works on. */
  public inFlight: number;
  public readonly speedShare: number;

  public constructor(
    public readonly fate: Fate,
    /** The share of one of the tasks as it is in a slow start, or avoided: 1 is a full one. */
    public readonly weight: number,
    /** One of the tasks; undefined where they do not serve. */
    public readonly server: TaskServer | undefined,
    first: ModelledTask,
  ) {
    this.inFlight = first.inFlight;
    this.isOverloaded = first.isOverloaded;
    this.speedShare = first.speedShare;
    this.tasks.push(first);
  }

  public get count(): number {
    return this.tasks.length;
  }

  /** The most requests that the tasks can answer in a second together. */
  public get capacityPerSecond(): number {
    return this.tasks.length * (this.server?.capacityPerSecond ?? 0);
  }

  /** The share of all requests that the tasks are sent together. */
  public get share(): number {
    return this.shareOfTask * this.tasks.length;
  }

  /** Whether a task fares as those of the group do. */
  public holds(task: ModelledTask, fate: Fate, weight: number): boolean {
    const isAlike = this.speedShare === task.speedShare && this.inFlight === task.inFlight && this.isOverloaded === task.isOverloaded;
    return isAlike && this.fate === fate && this.weight === weight;
  }
}
