import type { SimulatedTask } from '../tasks/simulated-task';
import type { ReportingTasks } from '../tasks/task-counts';
import { AlikeTasks } from './alike-tasks';

/** The tasks that requests are sent to, or that still have some, divided into those that are alike. Only tasks that have changed move. */
export class AlikeTaskIndex {
  private groups: AlikeTasks[] = [];
  private readonly groupOf = new Map<SimulatedTask, AlikeTasks>();
  private readonly changed = new Set<SimulatedTask>();

  public constructor(tasks: ReportingTasks) {
    tasks.onTaskChange((task) => this.changed.add(task));
  }

  /** Moves the tasks that have changed, and returns the groups; the group of the oldest task is the first. */
  public refresh(): readonly AlikeTasks[] {
    for (const task of this.changed) this.move(task);
    this.changed.clear();
    this.groups = this.groups.filter(({ areTargets, inFlightPerTask, count }) => count > 0 && (areTargets || inFlightPerTask > 0));
    return this.groups.sort((one, other) => one.tasks.oldest!.number - other.tasks.oldest!.number);
  }

  /** The requests in flight at a task; it has none any more. */
  public takeInFlightOf(task: SimulatedTask): number {
    const group = this.groupOf.get(task);
    this.leave(task, group);
    this.changed.add(task);
    return group?.inFlightPerTask ?? 0;
  }

  /** Unites two groups that have become alike; returns the united group. The tasks of the smaller one move. */
  public unite(one: AlikeTasks, other: AlikeTasks): AlikeTasks {
    const [larger, smaller] = one.count >= other.count ? [one, other] : [other, one];
    for (const task of smaller.tasks.all) {
      larger.tasks.add(task);
      this.groupOf.set(task, larger);
    }
    this.groups = this.groups.filter((group) => group !== smaller);
    return larger;
  }

  private move(task: SimulatedTask): void {
    const current = this.groupOf.get(task);
    const inFlightRequests = current?.inFlightPerTask ?? 0;
    if (current?.includes(task, inFlightRequests) === true && task.status !== 'STOPPED') return;
    this.leave(task, current);
    const isTarget = task.isRegistered && task.trafficShare > 0;
    if (task.status === 'STOPPED' || (!isTarget && inFlightRequests === 0)) return;
    this.groupOf.set(task, this.join(task, inFlightRequests));
  }

  private leave(task: SimulatedTask, group: AlikeTasks | undefined): void {
    group?.tasks.remove(task);
    this.groupOf.delete(task);
  }

  private join(task: SimulatedTask, inFlightRequests: number): AlikeTasks {
    const existing = this.groups.find((group) => group.includes(task, inFlightRequests));
    existing?.tasks.add(task);
    if (existing !== undefined) return existing;
    const created = new AlikeTasks(task, inFlightRequests);
    this.groups.push(created);
    return created;
  }
}
