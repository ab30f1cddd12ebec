import type { SimulatedTask } from '../tasks/simulated-task';
import type { ReportingTasks } from '../tasks/task-counts';
import { AlikeTasks } from './alike-tasks';

/** The tasks that requests are sent to, or that still have some, divided into those that are alike. Only tasks that have changed move. */
export class AlikeTaskIndex {
  /** In the order of their oldest tasks. */
  private groups: AlikeTasks[] = [];
  /** In the order of the requests in flight at one of their tasks. */
  private byInFlight: AlikeTasks[] = [];
  private readonly groupOf = new Map<SimulatedTask, AlikeTasks>();
  private readonly changed = new Set<SimulatedTask>();

  public constructor(tasks: ReportingTasks) {
    tasks.onTaskChange((task) => this.changed.add(task));
  }

  /** Moves the tasks that have changed, and returns the groups; the group of the oldest task is the first. */
  public refresh(): readonly AlikeTasks[] {
    for (const task of this.changed) this.move(task);
    this.changed.clear();
    if (this.groups.some(hasEnded)) this.removeEnded();
    this.findEqualCounts();
    return this.groups;
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
    this.groups = this.groups.filter((group) => group !== smaller && group !== larger);
    this.byInFlight = this.byInFlight.filter((group) => group !== smaller);
    this.insert(larger);
    return larger;
  }

  private removeEnded(): void {
    this.groups = this.groups.filter((group) => !hasEnded(group));
    this.byInFlight = this.byInFlight.filter((group) => !hasEnded(group));
  }

  /** Finds the groups with as many requests in flight at each of their tasks as another: only they can have become alike. */
  private findEqualCounts(): void {
    const sorted = this.byInFlight;
    // more requests in flight stay more, so that the groups are almost sorted: this takes about one comparison for each.
    for (let index = 0; index < sorted.length; index++) {
      const group = sorted[index]!;
      let place = index;
      for (; place > 0 && sorted[place - 1]!.inFlightPerTask > group.inFlightPerTask; place--) sorted[place] = sorted[place - 1]!;
      sorted[place] = group;
      group.hasEqualCount = place > 0 && sorted[place - 1]!.inFlightPerTask === group.inFlightPerTask;
      if (group.hasEqualCount) sorted[place - 1]!.hasEqualCount = true;
    }
  }

  private move(task: SimulatedTask): void {
    const current = this.groupOf.get(task);
    const inFlightRequests = current?.inFlightPerTask ?? 0;
    if (current?.includes(task, inFlightRequests) === true && task.status !== 'STOPPED') return;
    this.leave(task, current);
    const isTarget = task.isRegistered && task.trafficShare > 0;
    if (task.status !== 'STOPPED' && (isTarget || inFlightRequests > 0)) this.join(task, inFlightRequests);
  }

  private leave(task: SimulatedTask, group: AlikeTasks | undefined): void {
    if (group === undefined) return;
    const wasOldest = group.tasks.oldest === task;
    group.tasks.remove(task);
    this.groupOf.delete(task);
    if (wasOldest) this.reinsert(group);
  }

  private join(task: SimulatedTask, inFlightRequests: number): void {
    const existing = this.groups.find((group) => group.includes(task, inFlightRequests));
    const group = existing ?? new AlikeTasks(task, inFlightRequests);
    this.groupOf.set(task, group);
    if (existing === undefined) {
      this.insert(group);
      this.byInFlight.push(group);
    } else {
      existing.tasks.add(task);
      if (existing.tasks.oldest === task) this.reinsert(existing);
    }
  }

  /** To be called when the oldest task of a group is another one. */
  private reinsert(group: AlikeTasks): void {
    const index = this.groups.indexOf(group);
    // tasks whose last requests have ended stay in a group that was removed.
    if (index < 0) return;
    if (group.count === 0) return;
    this.groups.splice(index, 1);
    this.insert(group);
  }

  /** Inserts a group before those with a younger oldest task. */
  private insert(group: AlikeTasks): void {
    const { number } = group.tasks.oldest!;
    let index = this.groups.length;
    while (index > 0 && isYounger(this.groups[index - 1]!, number)) index -= 1;
    this.groups.splice(index, 0, group);
  }
}

/** Whether the oldest task of a group was launched after another. A group without tasks, which is removed soon, counts as such. */
function isYounger({ tasks }: AlikeTasks, number: number): boolean {
  return tasks.oldest === undefined || tasks.oldest.number > number;
}

/** Whether no requests are sent to the tasks of a group, and none are in flight. */
function hasEnded({ areTargets, inFlightPerTask, count }: AlikeTasks): boolean {
  return count === 0 || (!areTargets && inFlightPerTask === 0);
}
