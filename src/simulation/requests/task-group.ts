import { SortedTasks } from '../../ecs/sorted-tasks';
import type { QueueingModel } from '../queueing/latency';
import type { SimulatedTask } from '../tasks/simulated-task';
import type { GroupColumns } from './group-columns';
import type { RequestResult, RequestTreatment } from './request-treatment';

/** The result of a step at a group of tasks. */
export interface StepResult {
  /** Requests that the tasks of the group have completed together. */
  readonly completedRequests: number;
  /** The response time at the end of the step, without a slow dependency. */
  readonly responseSeconds: number;
  /** Whether the next step has the same result, unless something changes. */
  readonly isSteady: boolean;
}

/** Tasks that treat their requests alike, and have equally many in flight. They may differ in what the requests do not depend on. */
export class TaskGroup {
  public readonly tasksByNumber = new SortedTasks<SimulatedTask>();
  /** Whether requests reach the idle timeout before one of the tasks responds. */
  public isPastIdleTimeout = false;
  /** The number of the oldest task when the group got its place among the others; undefined if it has none. */
  public placedByNumber: number | undefined;
  /** The row of the group in the columns. */
  public readonly row: number;
  /** The result of the last step. The object is reused. */
  private readonly lastStep = { completedRequests: 0, responseSeconds: 0, isSteady: false };

  public constructor(
    public readonly treatment: RequestTreatment,
    private readonly columns: GroupColumns,
    inFlightPerTask: number,
    isOverloaded: boolean,
  ) {
    this.row = columns.addRow(treatment, inFlightPerTask, isOverloaded);
  }

  /** The tasks, the oldest first. */
  public get tasks(): readonly SimulatedTask[] {
    return this.tasksByNumber.all;
  }

  /** How many tasks there are. */
  public get count(): number {
    return this.columns.counts[this.row]!;
  }

  public set count(count: number) {
    this.columns.counts[this.row] = count;
  }

  /** Requests in flight at one of the tasks. */
  public get inFlightPerTask(): number {
    return this.columns.inFlight[this.row]!;
  }

  public set inFlightPerTask(count: number) {
    this.columns.inFlight[this.row] = count;
  }

  /** Whether one of the tasks takes longer to respond than the health check timeout. */
  public get isOverloaded(): boolean {
    return this.columns.overloaded[this.row] === 1;
  }

  public set isOverloaded(isOverloaded: boolean) {
    this.columns.overloaded[this.row] = Number(isOverloaded);
  }

  /** The CPU time that one of the tasks has used for requests since the group was created. */
  public get cpuSecondsPerTask(): number {
    return this.columns.cpuSeconds[this.row]!;
  }

  /** Adds CPU time that all tasks of the group have used together. */
  public addCpu(cpuSeconds: number): void {
    this.columns.cpuSeconds[this.row]! += cpuSeconds / this.count;
  }

  public get requestResult(): RequestResult {
    return this.treatment.requestResult;
  }

  public get queueingModel(): QueueingModel | undefined {
    return this.treatment.queueingModel;
  }

  /** The share of all requests that one of the tasks gets. */
  public get shareOfTask(): number {
    return this.treatment.shareOfTask;
  }

  /** The share of all requests that the tasks get together. */
  public get shareOfGroup(): number {
    return this.shareOfTask * this.count;
  }

  /** The requests per second that the tasks can serve together. */
  public get capacityPerSecond(): number {
    return this.count * (this.queueingModel?.capacityPerSecond ?? 0);
  }

  /** Whether a task with this number of requests in flight belongs to the group. */
  public includes(treatment: RequestTreatment, inFlightRequests: number, isOverloaded: boolean): boolean {
    return this.inFlightPerTask === inFlightRequests && this.treatment === treatment && this.isOverloaded === isOverloaded;
  }

  /** Ends a step, and returns its result. */
  public endStep(completedRequests: number, responseSeconds: number, isSteady: boolean): StepResult {
    this.lastStep.completedRequests = completedRequests;
    this.lastStep.responseSeconds = responseSeconds;
    this.lastStep.isSteady = isSteady;
    return this.lastStep;
  }
}
