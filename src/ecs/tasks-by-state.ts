import type { ServiceTask } from './service-task';
import { SortedTasks } from './sorted-tasks';

/** What the scheduler distinguishes tasks by. */
export type TaskState = Pick<
  ServiceTask,
  'isActive' | 'isRunning' | 'isHealthy' | 'isReady' | 'hasBeenHealthy' | 'isMarkedForReplacement' | 'revision' | 'zone'
>;

/** All tasks of one state. */
interface TasksInState<Task> {
  readonly state: TaskState;
  readonly tasks: SortedTasks<Task & { readonly number: number }>;
}

/**
 * The tasks of a service, grouped by their state: thousands of tasks have a few dozen states, so that counting them takes no longer
 * for a large service.
 */
export class TasksByState<Task extends ServiceTask> {
  private readonly groups = new Map<number, TasksInState<Task>>();
  private readonly groupOf = new Map<Task, TasksInState<Task>>();
  private readonly changed = new Set<Task>();

  /** To be called when a task was added, has changed or is STOPPED. */
  public onChange(task: Task): void {
    this.changed.add(task);
  }

  /** The tasks of the states that match. */
  public matching(isMatch: (state: TaskState) => boolean): MatchingTasks<Task> {
    this.regroupChanged();
    const groups: TasksInState<Task>[] = [];
    for (const group of this.groups.values()) if (isMatch(group.state)) groups.push(group);
    return new MatchingTasks(groups);
  }

  /** The number of tasks of the states that match. */
  public count(isMatch: (state: TaskState) => boolean): number {
    this.regroupChanged();
    let count = 0;
    for (const { state, tasks } of this.groups.values()) if (isMatch(state)) count += tasks.count;
    return count;
  }

  /** The number of active tasks in each zone, up to the last zone with a task. */
  public get activeCountsByZone(): number[] {
    return this.matching((state) => state.isActive).countsByZone;
  }

  private regroupChanged(): void {
    if (this.changed.size === 0) return;
    for (const task of this.changed) this.regroup(task);
    this.changed.clear();
  }

  private regroup(task: Task): void {
    this.leaveGroup(task);
    if (task.status === 'STOPPED') return;
    const group = this.groupFor(task);
    group.tasks.add(task);
    this.groupOf.set(task, group);
  }

  private leaveGroup(task: Task): void {
    const group = this.groupOf.get(task);
    if (group === undefined) return;
    this.groupOf.delete(task);
    group.tasks.remove(task);
    if (group.tasks.count === 0) this.groups.delete(keyOf(group.state));
  }

  private groupFor(task: Task): TasksInState<Task> {
    const key = keyOf(task);
    const existing = this.groups.get(key);
    if (existing !== undefined) return existing;
    const { isActive, isRunning, isHealthy, isReady, hasBeenHealthy, isMarkedForReplacement, revision, zone } = task;
    const state = { isActive, isRunning, isHealthy, isReady, hasBeenHealthy, isMarkedForReplacement, revision, zone };
    const created: TasksInState<Task> = { state, tasks: new SortedTasks() };
    this.groups.set(key, created);
    return created;
  }
}

/** More zones than any region has. */
const MAX_ZONES = 100;

/** A number that is equal for equal states only. */
function keyOf({ isActive, isRunning, isHealthy, isReady, hasBeenHealthy, isMarkedForReplacement, revision, zone }: TaskState): number {
  let key = revision * MAX_ZONES + zone;
  for (const flag of [isActive, isRunning, isHealthy, isReady, hasBeenHealthy, isMarkedForReplacement]) key = 2 * key + Number(flag);
  return key;
}

/** The tasks of some states, as they are when they are read. */
export class MatchingTasks<Task extends ServiceTask> {
  public readonly length: number;

  public constructor(private readonly groups: readonly TasksInState<Task>[]) {
    let length = 0;
    for (const { tasks } of groups) length += tasks.count;
    this.length = length;
  }

  /** The tasks, or at most a number of them, the oldest first. */
  public oldest(count = this.length): Task[] {
    const nextIndexes = this.groups.map(() => 0);
    const oldest: Task[] = [];
    while (oldest.length < count) {
      let first: number | undefined;
      for (const [index, { tasks }] of this.groups.entries()) {
        const next = tasks.all[nextIndexes[index]!];
        if (next !== undefined && (first === undefined || next.number < this.nextOf(first, nextIndexes).number)) first = index;
      }
      if (first === undefined) break;
      oldest.push(this.nextOf(first, nextIndexes));
      nextIndexes[first]! += 1;
    }
    return oldest;
  }

  /** The task that was launched last. */
  public get youngest(): Task | undefined {
    let youngest: Task | undefined;
    for (const { tasks } of this.groups) {
      const candidate = tasks.youngest;
      if (candidate !== undefined && (youngest === undefined || candidate.number > youngest.number)) youngest = candidate;
    }
    return youngest;
  }

  /** Those of the tasks whose state matches. */
  public matching(isMatch: (state: TaskState) => boolean): MatchingTasks<Task> {
    return new MatchingTasks(this.groups.filter(({ state }) => isMatch(state)));
  }

  /** The number of the tasks in each zone, up to the last zone with a task. */
  public get countsByZone(): number[] {
    const counts: number[] = [];
    for (const { state, tasks } of this.groups) counts[state.zone] = (counts[state.zone] ?? 0) + tasks.count;
    return counts;
  }

  private nextOf(index: number, nextIndexes: readonly number[]): Task {
    return this.groups[index]!.tasks.all[nextIndexes[index]!]!;
  }
}
