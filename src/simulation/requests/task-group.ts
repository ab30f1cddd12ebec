import type { QueueingModel } from '../queueing/latency';
import type { SimulatedTask } from '../tasks/simulated-task';

/** What happens to the requests that are sent to a task: served, refused because nothing listens, or held because it does not respond. */
export type RequestResult = 'served' | 'refused' | 'held';

/** Tasks that treat their requests alike. */
export class TaskGroup {
  public readonly tasks: SimulatedTask[] = [];
  /** The share of all requests that one of the tasks gets. */
  public shareOfTask = 0;
  /** Whether requests reach the idle timeout before one of the tasks responds. */
  public isPastIdleTimeout = false;
  /** Whether one of the tasks takes longer to respond than the health check timeout. */
  public isOverloaded: boolean;
  /** Requests in flight at one of the tasks. */
  public inFlightPerTask: number;
  /** The speed of one of the tasks as a share of its normal speed. */
  public readonly relativeSpeed: number;
  /** Whether ECS has not begun to stop the tasks. */
  public readonly isActive: boolean;

  public constructor(
    public readonly requestResult: RequestResult,
    /** The weight of one of the tasks: below 1 in slow start or during a traffic shift. */
    public readonly weight: number,
    /** The queueing model of one of the tasks; undefined if they do not serve. */
    public readonly queueingModel: QueueingModel | undefined,
    first: SimulatedTask,
  ) {
    this.inFlightPerTask = first.inFlightRequests;
    this.isOverloaded = first.isOverloaded;
    this.relativeSpeed = first.relativeSpeed;
    this.isActive = first.isActive;
    this.tasks.push(first);
  }

  public get count(): number {
    return this.tasks.length;
  }

  /** The requests per second that the tasks can serve together. */
  public get capacityPerSecond(): number {
    return this.tasks.length * (this.queueingModel?.capacityPerSecond ?? 0);
  }

  /** The share of all requests that the tasks get together. */
  public get shareOfGroup(): number {
    return this.shareOfTask * this.tasks.length;
  }

  /** Whether a task treats its requests like those of the group. */
  public matches(task: SimulatedTask, requestResult: RequestResult, weight: number): boolean {
    const isAlike =
      this.relativeSpeed === task.relativeSpeed &&
      this.isActive === task.isActive &&
      this.inFlightPerTask === task.inFlightRequests &&
      this.isOverloaded === task.isOverloaded;
    return isAlike && this.requestResult === requestResult && this.weight === weight;
  }
}
