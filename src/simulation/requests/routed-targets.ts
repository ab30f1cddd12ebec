import type { Routing } from '../../plan/routing';
import { MIN_TARGETS_FOR_MITIGATION, MITIGATED_TARGET_SHARE } from '../../scaling/aws-behavior';
import type { QueueingModel } from '../queueing/latency';
import type { SimulatedTask } from '../tasks/simulated-task';
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

  public constructor(
    private readonly routing: Routing,
    private readonly tasks: () => readonly SimulatedTask[],
    private readonly queueingModelAt: (relativeSpeed: number) => QueueingModel,
    private readonly idleTimeoutSeconds: number,
  ) {}

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

  /** Writes the number of requests in flight, which a group counts for its tasks, to each task. */
  public copyInFlightToTasks(): void {
    if (this.areTaskCountsCurrent) return;
    this.areTaskCountsCurrent = true;
    for (const group of this.groups) for (const task of group.tasks) task.inFlightRequests = group.inFlightPerTask;
    for (const group of this.drainingGroups) for (const task of group.tasks) task.inFlightRequests = group.inFlightPerTask;
  }

  private inFlightRequestsOf(groups: readonly TaskGroup[]): number {
    let sum = 0;
    for (const group of groups) {
      if (!this.areTaskCountsCurrent) sum += group.count * group.inFlightPerTask;
      else for (const task of group.tasks) sum += task.inFlightRequests;
    }
    return sum;
  }

  private regroup(atSeconds: number): void {
    this.copyInFlightToTasks();
    this.isStale = false;
    this.hasSlowStart = false;
    this.groups = [];
    this.drainingGroups = [];
    const targets = this.routableTargets();
    for (const task of targets) this.addToGroup(this.groups, task, this.weightOf(task, atSeconds));
    const areHealthy = targets[0]?.isHealthy ?? false;
    const isTarget = (task: SimulatedTask): boolean => task.isRegistered && task.trafficShare > 0 && task.isHealthy === areHealthy;
    for (const task of this.tasks()) if (task.inFlightRequests > 0 && !isTarget(task)) this.addToGroup(this.drainingGroups, task, 0);
    this.currentHeldShare = assignShares(this.groups, this.routing, this.utilization);
  }

  /** If no target is healthy, the load balancer sends requests to all of them (fail open). */
  private routableTargets(): readonly SimulatedTask[] {
    const registered = this.tasks().filter((task) => task.isRegistered && task.trafficShare > 0);
    const healthy = registered.filter((task) => task.isHealthy);
    return healthy.length > 0 ? healthy : registered;
  }

  private addToGroup(groups: TaskGroup[], task: SimulatedTask, weight: number): void {
    const requestResult = this.requestResultOf(task);
    const group = groups.find((candidate) => candidate.matches(task, requestResult, weight));
    if (group !== undefined) group.tasks.push(task);
    else
      groups.push(
        new TaskGroup(requestResult, weight, requestResult === 'served' ? this.queueingModelAt(task.relativeSpeed) : undefined, task),
      );
  }

  private requestResultOf(task: SimulatedTask): RequestResult {
    if (!task.isListening) return 'refused';
    return task.pauseFaultCount > 0 || this.currentDependencyDelaySeconds >= this.idleTimeoutSeconds ? 'held' : 'served';
  }

  private weightOf(task: SimulatedTask, atSeconds: number): number {
    if (task.slowStartedAtSeconds === undefined) return task.trafficShare;
    // the middle of the second that begins now.
    const slowStartShare = (atSeconds + 0.5 - task.slowStartedAtSeconds) / this.routing.slowStartSeconds;
    if (slowStartShare >= 1) task.slowStartedAtSeconds = undefined;
    else this.hasSlowStart = true;
    return task.trafficShare * Math.min(1, slowStartShare);
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
