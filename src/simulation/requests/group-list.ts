import type { SimulatedTask } from '../tasks/simulated-task';
import { GroupColumns } from './group-columns';
import type { RequestTreatment } from './request-treatment';
import { TaskGroup } from './task-group';

/** Groups of tasks in the order of their oldest tasks. */
export class GroupList {
  public readonly columns = new GroupColumns();
  private readonly placed: TaskGroup[] = [];
  /** The rows of the groups, in the same order. */
  private placedRows = new Int32Array(FIRST_ROWS);
  /** The groups in the order of the requests in flight at one of their tasks. */
  private readonly byInFlight: TaskGroup[] = [];
  /** How many groups there are of each treatment. */
  private readonly groupCounts = new Map<RequestTreatment, number>();
  /** The groups whose tasks have changed since they were placed. */
  private readonly changed = new Set<TaskGroup>();

  public get groups(): readonly TaskGroup[] {
    return this.placed;
  }

  public get rows(): Int32Array {
    return this.placedRows;
  }

  /** The treatments of the groups. */
  public get treatments(): IterableIterator<RequestTreatment> {
    return this.groupCounts.keys();
  }

  /** The group that a task with this number of requests in flight belongs to. */
  public findOrCreate(treatment: RequestTreatment, inFlightRequests: number, isOverloaded: boolean): TaskGroup {
    const { inFlight } = this.columns;
    for (let index = 0; index < this.placed.length; index++) {
      if (inFlight[this.placedRows[index]!] !== inFlightRequests) continue;
      const group = this.placed[index]!;
      if (group.includes(treatment, inFlightRequests, isOverloaded)) return group;
    }
    // those that have no place yet.
    for (const group of this.changed) if (group.includes(treatment, inFlightRequests, isOverloaded)) return group;
    return this.create(treatment, inFlightRequests, isOverloaded);
  }

  public add(task: SimulatedTask, group: TaskGroup): void {
    group.tasksByNumber.add(task);
    this.changed.add(group);
  }

  public removeTask(task: SimulatedTask, group: TaskGroup): void {
    group.tasksByNumber.remove(task);
    this.changed.add(group);
  }

  /** Counts the tasks of the groups that have changed, and moves these groups to their places. Groups without tasks are removed. */
  public placeChanged(): void {
    if (this.changed.size === 0) return;
    const misplaced: TaskGroup[] = [];
    for (const group of this.changed) {
      const oldestNumber = group.tasksByNumber.oldest?.number;
      group.count = group.tasksByNumber.count;
      if (group.placedByNumber !== undefined && group.placedByNumber === oldestNumber) continue;
      if (group.placedByNumber !== undefined) this.takeFromPlace(group);
      if (oldestNumber === undefined) this.remove(group);
      else misplaced.push(group);
    }
    for (const group of misplaced) this.insert(group);
    this.changed.clear();
  }

  /** Finds groups that have become alike, and unites them. */
  public uniteAlike(onMove: (from: TaskGroup, to: TaskGroup) => void): void {
    this.sortByInFlight();
    const sorted = this.byInFlight;
    for (let index = 1; index < sorted.length; index++) {
      const group = sorted[index]!;
      for (let other = index - 1; other >= 0 && sorted[other]!.inFlightPerTask === group.inFlightPerTask; other--) {
        if (!sorted[other]!.includes(group.treatment, group.inFlightPerTask, group.isOverloaded)) continue;
        const [smaller, larger] = group.count <= sorted[other]!.count ? [group, sorted[other]!] : [sorted[other]!, group];
        onMove(smaller, larger);
        sorted[other] = larger;
        sorted.splice(index, 1);
        index -= 1;
        break;
      }
    }
    this.placeChanged();
  }

  private create(treatment: RequestTreatment, inFlightPerTask: number, isOverloaded: boolean): TaskGroup {
    this.groupCounts.set(treatment, (this.groupCounts.get(treatment) ?? 0) + 1);
    const group = new TaskGroup(treatment, this.columns, inFlightPerTask, isOverloaded);
    this.byInFlight.push(group);
    return group;
  }

  /** More requests in flight stay more, so that the groups are almost sorted: this takes about one comparison for each. */
  private sortByInFlight(): void {
    const { inFlight } = this.columns;
    const sorted = this.byInFlight;
    for (let index = 1; index < sorted.length; index++) {
      const group = sorted[index]!;
      const count = inFlight[group.row]!;
      let place = index;
      for (; place > 0 && inFlight[sorted[place - 1]!.row]! > count; place--) sorted[place] = sorted[place - 1]!;
      sorted[place] = group;
    }
  }

  private insert(group: TaskGroup): void {
    const { number } = group.tasksByNumber.oldest!;
    const { placed } = this;
    let index = placed.length;
    while (index > 0 && placed[index - 1]!.placedByNumber! > number) index -= 1;
    placed.splice(index, 0, group);
    group.placedByNumber = number;
    if (placed.length > this.placedRows.length) this.growRows();
    this.placedRows.copyWithin(index + 1, index, placed.length - 1);
    this.placedRows[index] = group.row;
  }

  private takeFromPlace(group: TaskGroup): void {
    const index = this.placed.indexOf(group);
    this.placed.splice(index, 1);
    this.placedRows.copyWithin(index, index + 1, this.placed.length + 1);
    group.placedByNumber = undefined;
  }

  private remove(group: TaskGroup): void {
    this.columns.removeRow(group.row);
    const index = this.byInFlight.indexOf(group);
    if (index >= 0) this.byInFlight.splice(index, 1);
    const groupCount = this.groupCounts.get(group.treatment)! - 1;
    if (groupCount === 0) this.groupCounts.delete(group.treatment);
    else this.groupCounts.set(group.treatment, groupCount);
  }

  private growRows(): void {
    const rows = new Int32Array(2 * this.placedRows.length);
    rows.set(this.placedRows);
    this.placedRows = rows;
  }
}

const FIRST_ROWS = 16;
