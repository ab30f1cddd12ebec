import type { Routing } from '../../plan/routing';
import { MIN_TARGETS_FOR_MITIGATION, MITIGATED_TARGET_SHARE } from '../../scaling/aws-behavior';
import type { QueueingModelsBySpeed } from '../queueing/queueing-models-by-speed';
import type { SimulatedTask } from '../tasks/simulated-task';
import type { ReportingTasks } from '../tasks/task-counts';
import { AlikeTaskIndex } from './alike-task-index';
import type { AlikeTasks } from './alike-tasks';
import { type RequestResult, TaskGroup } from './task-group';

/** The targets that the load balancer sends requests to, in groups that treat their requests alike, and those that drain. */
export class RoutedTargets {
  /** The share of the capacity of the serving targets that was in use in the last step. */
  public utilization = 0;
  /** How much longer each request waits for a slow dependency. */
  private currentDependencyDelaySeconds = 0;
  private groups: TaskGroup[] = [];
  /** Deregistered tasks with requests in flight. */
  private drainingGroups: TaskGroup[] = [];
  private currentHeldShare = 0;
  /** Whether the groups must be computed again. */
  private isStale = true;
  /** Whether the tasks have the number of their requests in flight. If not, only their groups have it. */
  private areTaskCountsCurrent = true;
  private hasSlowStart = false;
  private readonly taskIndex: AlikeTaskIndex;
  /** The last group that began with these tasks. */
  private readonly groupsOfTasks = new WeakMap<AlikeTasks, TaskGroup>();

  public constructor(
    private readonly routing: Routing,
    tasks: ReportingTasks,
    private readonly queueingModels: QueueingModelsBySpeed,
    private readonly idleTimeoutSeconds: number,
  ) {
    this.taskIndex = new AlikeTaskIndex(tasks);
  }

  public get dependencyDelaySeconds(): number {
    return this.currentDependencyDelaySeconds;
  }

  public set dependencyDelaySeconds(seconds: number) {
    this.currentDependencyDelaySeconds = seconds;
    this.isStale = true;
  }

  /** To be called when a task has changed. */
  public refresh(): void {
    this.isStale = true;
  }

  /** Whether the shares change with every second. */
  public get changesEachSecond(): boolean {
    return (
      this.hasSlowStart ||
      (this.routing.algorithm === 'least_outstanding_requests' && this.groups.some(({ queueingModel }) => !queueingModel))
    );
  }

  /** The groups of the targets at a second of the scenario, with the shares of the requests that they get. */
  public groupsAt(atSeconds: number): readonly TaskGroup[] {
    if (this.isStale || this.changesEachSecond) this.regroup(atSeconds);
    this.areTaskCountsCurrent = false;
    return this.groups;
  }

  /** Deregistered tasks that still have requests in flight. */
  public get draining(): readonly TaskGroup[] {
    return this.drainingGroups;
  }

  /** The share of the requests that are sent to tasks which do not respond. */
  public get heldShare(): number {
    return this.currentHeldShare;
  }

  /** Requests in flight at all tasks. */
  public get inFlightRequests(): number {
    return this.inFlightRequestsOf(this.groups) + this.inFlightRequestsOf(this.drainingGroups);
  }

  /** Writes the number of requests in flight, which a group counts for its tasks, to the tasks. To be called before a task changes. */
  public copyInFlightToTasks(): void {
    if (this.areTaskCountsCurrent) return;
    this.areTaskCountsCurrent = true;
    for (const group of this.groups) group.copyInFlight();
    for (const group of this.drainingGroups) group.copyInFlight();
  }

  /** The requests in flight at a task that fail or are held from now on: it has none any more. */
  public takeInFlightOf(task: SimulatedTask): number {
    return this.taskIndex.takeInFlightOf(task);
  }

  private inFlightRequestsOf(groups: readonly TaskGroup[]): number {
    let sum = 0;
    for (const group of groups) {
      if (this.areTaskCountsCurrent) sum = group.addInFlightOfRemaining(sum);
      else sum += group.count * group.inFlightPerTask;
    }
    return sum;
  }

  /** If no target is healthy, the load balancer sends requests to all of them (fail open). */
  private regroup(atSeconds: number): void {
    this.copyInFlightToTasks();
    this.isStale = false;
    this.hasSlowStart = false;
    this.groups = [];
    this.drainingGroups = [];
    const alikeTasks = this.taskIndex.refresh();
    const areHealthy = alikeTasks.some((tasks) => tasks.areTargets && tasks.isHealthy);
    for (const tasks of alikeTasks) {
      if (tasks.areTargets && tasks.isHealthy === areHealthy) this.addToGroup(this.groups, tasks, this.weightOf(tasks, atSeconds));
      else if (tasks.inFlightPerTask > 0) this.addToGroup(this.drainingGroups, tasks, 0);
    }
    this.currentHeldShare = assignShares(this.groups, this.routing, this.utilization);
  }

  private addToGroup(groups: TaskGroup[], tasks: AlikeTasks, weight: number): void {
    const requestResult = this.requestResultOf(tasks);
    const group = tasks.hasEqualCount ? groups.find((candidate) => candidate.matches(tasks, requestResult, weight)) : undefined;
    if (group !== undefined) group.add(tasks, (one, other) => this.taskIndex.unite(one, other));
    else groups.push(this.groupOf(tasks, requestResult, weight));
  }

  /** The group of these tasks alone: the one that they had before, if they still treat their requests in the same way. */
  private groupOf(tasks: AlikeTasks, requestResult: RequestResult, weight: number): TaskGroup {
    const queueingModel = requestResult === 'served' ? this.queueingModels.at(tasks.relativeSpeed) : undefined;
    const previous = this.groupsOfTasks.get(tasks);
    if (previous?.requestResult === requestResult && previous.weight === weight) {
      previous.restart(tasks);
      return previous;
    }
    const created = new TaskGroup(requestResult, weight, queueingModel, tasks);
    this.groupsOfTasks.set(tasks, created);
    return created;
  }

  private requestResultOf({ isListening, isPaused }: AlikeTasks): RequestResult {
    if (!isListening) return 'refused';
    return isPaused || this.currentDependencyDelaySeconds >= this.idleTimeoutSeconds ? 'held' : 'served';
  }

  private weightOf(tasks: AlikeTasks, atSeconds: number): number {
    if (tasks.slowStartedAtSeconds === undefined) return tasks.trafficShare;
    // the middle of the second that begins now.
    const slowStartShare = (atSeconds + 0.5 - tasks.slowStartedAtSeconds) / this.routing.slowStartSeconds;
    if (slowStartShare >= 1) tasks.endSlowStart();
    else this.hasSlowStart = true;
    return tasks.trafficShare * Math.min(1, slowStartShare);
  }
}

/** The smallest share of idle tasks in the computation below, so that a task that refuses connections never gets all requests. */
const MIN_IDLE_SHARE = 0.01;

/**
 * Sets the share of the requests that each task gets: of those that are held if the task holds them, otherwise of the others. Returns the
 * share of all requests that are held.
 *
 * Round robin sends each task the same number of requests. Least outstanding requests levels the requests in flight: the shares
 * follow the capacities, and a task that refuses connections gets each request that finds no other task idle.
 *
 * @param utilization the share of the capacity of the serving tasks that was in use in the last step.
 */
export function assignShares(groups: readonly TaskGroup[], routing: Routing, utilization: number): number {
  let heldShare = 0;
  let otherShare = 0;
  for (const group of groups) {
    group.shareOfTask = group.weight * routingWeight(group, groups, routing, utilization);
    if (group.requestResult === 'held') heldShare += group.shareOfGroup;
    else otherShare += group.shareOfGroup;
  }
  for (const group of groups) group.shareOfTask /= group.requestResult === 'held' ? heldShare : otherShare;
  return heldShare + otherShare > 0 ? heldShare / (heldShare + otherShare) : 0;
}

function routingWeight(group: TaskGroup, groups: readonly TaskGroup[], routing: Routing, utilization: number): number {
  switch (routing.algorithm) {
    case 'round_robin':
      return 1;
    case 'weighted_random':
      return group.requestResult !== 'served' && routing.enableAnomalyMitigation && taskCountOf(groups) >= MIN_TARGETS_FOR_MITIGATION
        ? MITIGATED_TARGET_SHARE
        : 1;
    case 'least_outstanding_requests':
      return leastOutstandingWeight(group, groups, utilization);
  }
}

/** The weight of a task that makes the requests in flight equal, or how many more it gets if it refuses or holds them. */
function leastOutstandingWeight(group: TaskGroup, groups: readonly TaskGroup[], utilization: number): number {
  if (group.queueingModel !== undefined) return group.queueingModel.capacityPerSecond;
  const serving = groups.filter(({ queueingModel }) => queueingModel !== undefined);
  const count = taskCountOf(serving);
  if (count === 0) return 1;
  const capacity = serving.reduce((sum, other) => sum + other.capacityPerSecond, 0);
  return capacity / (group.requestResult === 'held' ? count : Math.max(MIN_IDLE_SHARE, count * (1 - utilization)));
}

function taskCountOf(groups: readonly TaskGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0);
}
