import type { QueueingModel } from '../queueing/latency';
import type { SimulatedTask } from '../tasks/simulated-task';
import type { AlikeTasks } from './alike-tasks';

/** What happens to the requests that are sent to a task: served, refused because nothing listens, or held because it does not respond. */
export type RequestResult = 'served' | 'refused' | 'held';

/** The result of a step at a group of tasks. */
export interface StepResult {
  /** Requests that the tasks of the group have completed together. */
  readonly completedRequests: number;
  /** The response time at the end of the step, without a slow dependency. */
  readonly responseSeconds: number;
  /** Whether the next step has the same result, unless something changes. */
  readonly isSteady: boolean;
}

/** Tasks that treat their requests alike. They may differ in what the requests do not depend on. */
export class TaskGroup {
  /** How many tasks there are. */
  public count: number;
  /** The share of all requests that one of the tasks gets. */
  public shareOfTask = 0;
  /** Whether requests reach the idle timeout before one of the tasks responds. */
  public isPastIdleTimeout = false;
  /** Requests in flight at one of the tasks. */
  public inFlightPerTask: number;
  /** The speed of one of the tasks as a share of its normal speed. */
  public readonly relativeSpeed: number;
  /** Whether ECS has not begun to stop the tasks. */
  public readonly isActive: boolean;
  private readonly parts: AlikeTasks[];
  private areOverloaded: boolean;
  /** The result of the last step. The object is reused. */
  private readonly lastStep = { completedRequests: 0, responseSeconds: 0, isSteady: false };

  public constructor(
    public readonly requestResult: RequestResult,
    /** The weight of one of the tasks: below 1 in slow start or during a traffic shift. */
    public readonly weight: number,
    /** The queueing model of one of the tasks; undefined if they do not serve. */
    public readonly queueingModel: QueueingModel | undefined,
    first: AlikeTasks,
  ) {
    this.relativeSpeed = first.relativeSpeed;
    this.isActive = first.isActive;
    this.inFlightPerTask = first.inFlightPerTask;
    this.areOverloaded = first.isOverloaded;
    this.count = first.count;
    this.parts = [first];
  }

  /** Begins again with the tasks that the group began with. */
  public restart(first: AlikeTasks): void {
    this.inFlightPerTask = first.inFlightPerTask;
    this.areOverloaded = first.isOverloaded;
    this.count = first.count;
    this.isPastIdleTimeout = false;
    if (this.parts.length > 1) this.parts.splice(1);
    this.parts[0] = first;
  }

  /** Whether one of the tasks takes longer to respond than the health check timeout. */
  public get isOverloaded(): boolean {
    return this.areOverloaded;
  }

  public set isOverloaded(isOverloaded: boolean) {
    this.areOverloaded = isOverloaded;
    for (const part of this.parts) part.isOverloaded = isOverloaded;
  }

  /** The requests per second that the tasks can serve together. */
  public get capacityPerSecond(): number {
    return this.count * (this.queueingModel?.capacityPerSecond ?? 0);
  }

  /** The share of all requests that the tasks get together. */
  public get shareOfGroup(): number {
    return this.shareOfTask * this.count;
  }

  /** The tasks, the oldest first. */
  public get tasks(): readonly SimulatedTask[] {
    if (this.parts.length === 1) return this.parts[0]!.tasks.all;
    return this.parts.flatMap(({ tasks }) => tasks.all).sort((one, other) => one.number - other.number);
  }

  /** Whether tasks treat their requests like those of the group. */
  public matches(tasks: AlikeTasks, requestResult: RequestResult, weight: number): boolean {
    const isAlike =
      this.inFlightPerTask === tasks.inFlightPerTask &&
      this.relativeSpeed === tasks.relativeSpeed &&
      this.isActive === tasks.isActive &&
      this.areOverloaded === tasks.isOverloaded;
    return isAlike && this.requestResult === requestResult && this.weight === weight;
  }

  /**
   * Adds tasks.
   *
   * @param unite unites them with those of the tasks that they have become like in every respect.
   */
  public add(tasks: AlikeTasks, unite: (one: AlikeTasks, other: AlikeTasks) => AlikeTasks): void {
    this.count += tasks.count;
    const index = this.parts.findIndex((part) => part.isLike(tasks));
    if (index < 0) this.parts.push(tasks);
    else this.parts[index] = unite(this.parts[index]!, tasks);
  }

  /** Ends a step, and returns its result. */
  public endStep(completedRequests: number, responseSeconds: number, isSteady: boolean): StepResult {
    this.lastStep.completedRequests = completedRequests;
    this.lastStep.responseSeconds = responseSeconds;
    this.lastStep.isSteady = isSteady;
    return this.lastStep;
  }

  /** Writes the number of requests in flight to the tasks. */
  public copyInFlight(): void {
    for (const part of this.parts) part.inFlightPerTask = this.inFlightPerTask;
  }

  /** The requests in flight at those tasks that still have them, added one task after the other to others. */
  public addInFlightOfRemaining(others: number): number {
    let sum = others;
    for (const part of this.parts) for (let count = 0; count < part.count; count++) sum += part.inFlightPerTask;
    return sum;
  }
}
