import type { SimulatedTask } from '../tasks/simulated-task';
import { GroupColumns } from './group-columns';
import type { RequestTreatment } from './request-treatment';
import { TaskGroup } from './task-group';

const FIRST_ROWS = 16;

/** Groups of tasks in the order of their oldest tasks. */
export class GroupList {
  public readonly columns = new GroupColumns();
  private readonly placed: TaskGroup[] = [];
  /** The rows of the groups, in the same order. */
  private placedRows = new Int32Array(FIRST_ROWS);
  private readonly groupOfRow: TaskGroup[] = [];
  /** The rows of all groups in the order of the requests in flight at one of their tasks. */
  private byInFlight = new Int32Array(FIRST_ROWS);
  private sortedCount = 0;
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

  /** Whether all groups have the same treatment. */
  public get hasOneTreatment(): boolean {
    return this.groupCounts.size === 1;
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
    if (!this.sortByInFlight()) return;
    const sorted = this.byInFlight;
    for (let index = 1; index < this.sortedCount; index++) {
      const group = this.groupOfRow[sorted[index]!]!;
      const other = this.alikeBefore(index, group);
      if (other === undefined) continue;
      if (group.count <= other.count) onMove(group, other);
      else onMove(other, group);
    }
    this.placeChanged();
  }

  /** A group that is like another, before its place in the order of requests in flight. */
  private alikeBefore(index: number, group: TaskGroup): TaskGroup | undefined {
    const { inFlight } = this.columns;
    for (let place = index - 1; place >= 0 && inFlight[this.byInFlight[place]!] === group.inFlightPerTask; place--) {
      const other = this.groupOfRow[this.byInFlight[place]!]!;
      if (other.tasks.length > 0 && other.includes(group.treatment, group.inFlightPerTask, group.isOverloaded)) return other;
    }
    return undefined;
  }

  private create(treatment: RequestTreatment, inFlightPerTask: number, isOverloaded: boolean): TaskGroup {
    this.groupCounts.set(treatment, (this.groupCounts.get(treatment) ?? 0) + 1);
    const group = new TaskGroup(treatment, this.columns, inFlightPerTask, isOverloaded);
    this.groupOfRow[group.row] = group;
    if (this.sortedCount === this.byInFlight.length) this.byInFlight = twiceAsLong(this.byInFlight);
    this.byInFlight[this.sortedCount] = group.row;
    this.sortedCount += 1;
    return group;
  }

  /**
   * Sorts the groups by their requests in flight; returns whether two have equally many. More requests in flight stay more, so that the
   * groups are almost sorted: this takes about one comparison for each.
   */
  private sortByInFlight(): boolean {
    const { inFlight } = this.columns;
    const sorted = this.byInFlight;
    let hasEqual = false;
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.sortedCount; index++) {
      const row = sorted[index]!;
      const count = inFlight[row]!;
      if (count > highest) {
        highest = count;
        continue;
      }
      let place = index;
      for (; inFlight[sorted[place - 1]!]! > count; place--) sorted[place] = sorted[place - 1]!;
      sorted[place] = row;
      hasEqual ||= inFlight[sorted[place - 1]!] === count;
    }
    return hasEqual;
  }

  private insert(group: TaskGroup): void {
    const { number } = group.tasksByNumber.oldest!;
    const { placed } = this;
    let index = placed.length;
    while (index > 0 && placed[index - 1]!.placedByNumber! > number) index -= 1;
    placed.splice(index, 0, group);
    group.placedByNumber = number;
    if (placed.length > this.placedRows.length) this.placedRows = twiceAsLong(this.placedRows);
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
    const index = this.byInFlight.indexOf(group.row);
    this.byInFlight.copyWithin(index, index + 1, this.sortedCount);
    this.sortedCount -= 1;
    const groupCount = this.groupCounts.get(group.treatment)! - 1;
    if (groupCount === 0) this.groupCounts.delete(group.treatment);
    else this.groupCounts.set(group.treatment, groupCount);
  }
}

function twiceAsLong(rows: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * rows.length);
  longer.set(rows);
  return longer;
}
