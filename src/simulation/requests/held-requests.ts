import type { SimulatedTask } from '../tasks/simulated-task';

/** Requests that tasks hold, because they do not respond, until the idle timeout of the load balancer. */
export class HeldRequests {
  private readonly byTask = new Map<SimulatedTask, HeldRequestsOfTask>();

  /** @param idleTimeoutSeconds how long the load balancer waits for a response. */
  public constructor(private readonly idleTimeoutSeconds: number) {}

  /** The number of held requests of all tasks. */
  public get count(): number {
    if (this.byTask.size === 0) return 0;
    let count = 0;
    for (const requestsOfTask of this.byTask.values()) count += requestsOfTask.count;
    return count;
  }

  /** The number of held requests of a task. */
  public countOf(task: SimulatedTask): number {
    return this.byTask.get(task)?.count ?? 0;
  }

  public add(task: SimulatedTask, atSeconds: number, count: number): void {
    const requestsOfTask = this.byTask.get(task) ?? new HeldRequestsOfTask();
    this.byTask.set(task, requestsOfTask);
    requestsOfTask.add(atSeconds, count);
  }

  /** Removes the requests that have reached the idle timeout; returns how many. */
  public takeTimedOut(nowSeconds: number): number {
    if (this.byTask.size === 0) return 0;
    let timedOutCount = 0;
    for (const [task, requestsOfTask] of this.byTask) {
      timedOutCount += requestsOfTask.takeArrivedUntil(nowSeconds - this.idleTimeoutSeconds);
      if (requestsOfTask.count === 0) this.byTask.delete(task);
    }
    return timedOutCount;
  }

  /** Removes all requests of a task; returns how many, and the seconds that they have waited together. */
  public takeAllOf(task: SimulatedTask, nowSeconds: number): { readonly count: number; readonly totalWaitedSeconds: number } {
    const requestsOfTask = this.byTask.get(task);
    this.byTask.delete(task);
    return { count: requestsOfTask?.count ?? 0, totalWaitedSeconds: requestsOfTask?.totalWaitedSeconds(nowSeconds) ?? 0 };
  }
}

/** The requests that one task holds, by when they arrived. */
export class HeldRequestsOfTask {
  private readonly arrivedAtSeconds: number[] = [];
  private readonly counts: number[] = [];
  private totalCount = 0;

  public get count(): number {
    return this.totalCount;
  }

  public add(atSeconds: number, count: number): void {
    if (count <= 0) return;
    this.arrivedAtSeconds.push(atSeconds);
    this.counts.push(count);
    this.totalCount += count;
  }

  /** Removes those that arrived at a second or before; returns how many. */
  public takeArrivedUntil(seconds: number): number {
    let takenCount = 0;
    while (this.counts.length > 0 && this.arrivedAtSeconds[0]! <= seconds) {
      this.arrivedAtSeconds.shift();
      takenCount += this.counts.shift()!;
    }
    // a new sum has no rounding error if none are left.
    this.totalCount = this.counts.reduce((sum, count) => sum + count, 0);
    return takenCount;
  }

  /** The seconds that they have waited together. */
  public totalWaitedSeconds(nowSeconds: number): number {
    return this.counts.reduce((sum, count, index) => sum + count * (nowSeconds - this.arrivedAtSeconds[index]!), 0);
  }
}
