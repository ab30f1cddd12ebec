import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { Routing } from '../../plan/routing';
import type { TaskServer } from '../latency';
import type { ModelledTask } from '../tasks/modelled-task';
import { shareOut } from './request-shares';
import { type Fate, TaskGroup } from './task-group';

/** The tasks that the load balancer sends requests to, in groups of tasks that are alike. */
export class Rotation {
  /** How much of the capacity was in use a moment ago. */
  public busyShare = 0;
  /** What each request waits longer for. */
  private added = 0;
  private groups: TaskGroup[] = [];
  /** Tasks that are sent nothing new and still work on what they have. */
  private leavingGroups: TaskGroup[] = [];
  private share = 0;
  private isStale = true;
  /** Whether the tasks know what they work on; they may have lost it since. */
  private isSettled = true;
  private hasSlowStart = false;

  public constructor(
    private readonly routing: Routing,
    private readonly tasks: () => readonly ModelledTask[],
    private readonly serverAt: (speedShare: number) => TaskServer,
  ) {}

  public get addedSeconds(): number {
    return this.added;
  }

  public set addedSeconds(seconds: number) {
    this.added = seconds;
    this.isStale = true;
  }

  /** To be called when a task has changed. */
  public refresh(): void {
    this.isStale = true;
  }

  /** Whether the shares change with every second. */
  public get isMoving(): boolean {
    return this.hasSlowStart || (this.routing.algorithm === 'least_outstanding_requests' && this.groups.some(({ server }) => !server));
  }

  public groupsAt(atSeconds: number): readonly TaskGroup[] {
    if (this.isStale || this.isMoving) this.regroup(atSeconds);
    this.isSettled = false;
    return this.groups;
  }

  /** Tasks that are sent nothing new and still work on what they were sent. */
  public get leaving(): readonly TaskGroup[] {
    return this.leavingGroups;
  }

  /** The share of the requests that are sent to tasks which hold them. */
  public get heldShare(): number {
    return this.share;
  }

  /** Requests that tasks work on; what a task has lost since it was told of them is not among them. */
  public get inFlight(): number {
    return this.inFlightOf(this.groups) + this.inFlightOf(this.leavingGroups);
  }

  /** Notes on each task what those of its group work on. */
  public settle(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    for (const group of this.groups) for (const task of group.tasks) task.inFlight = group.inFlight;
    for (const group of this.leavingGroups) for (const task of group.tasks) task.inFlight = group.inFlight;
  }

  private inFlightOf(groups: readonly TaskGroup[]): number {
    let sum = 0;
    for (const group of groups) {
      if (!this.isSettled) sum += group.count * group.inFlight;
      else for (const task of group.tasks) sum += task.inFlight;
    }
    return sum;
  }

  private regroup(atSeconds: number): void {
    this.settle();
    this.isStale = false;
    this.hasSlowStart = false;
    this.groups = [];
    this.leavingGroups = [];
    const targets = this.targets();
    for (const task of targets) this.put(this.groups, task, this.weightOf(task, atSeconds));
    const areHealthy = targets[0]?.isHealthy ?? false;
    const isTarget = (task: ModelledTask): boolean => task.isRegistered && task.trafficShare > 0 && task.isHealthy === areHealthy;
    for (const task of this.tasks()) if (task.inFlight > 0 && !isTarget(task)) this.put(this.leavingGroups, task, 0);
    this.share = shareOut(this.groups, this.routing, this.busyShare);
  }

  /** Where no target is healthy, the load balancer takes them all. */
  private targets(): readonly ModelledTask[] {
    const registered = this.tasks().filter((task) => task.isRegistered && task.trafficShare > 0);
    const healthy = registered.filter((task) => task.isHealthy);
    return healthy.length > 0 ? healthy : registered;
  }

  private put(groups: TaskGroup[], task: ModelledTask, weight: number): void {
    const fate = this.fateOf(task);
    const group = groups.find((candidate) => candidate.holds(task, fate, weight));
    if (group !== undefined) group.tasks.push(task);
    else groups.push(new TaskGroup(fate, weight, fate === 'served' ? this.serverAt(task.speedShare) : undefined, task));
  }

  private fateOf(task: ModelledTask): Fate {
    if (!task.isListening) return 'refused';
    return task.freezes > 0 || this.added >= AWS_DEFAULTS.idleTimeoutSeconds ? 'held' : 'served';
  }

  private weightOf(task: ModelledTask, atSeconds: number): number {
    if (task.slowStartSinceSeconds === undefined) return task.trafficShare;
    // the middle of the second that begins now.
    const share = (atSeconds + 0.5 - task.slowStartSinceSeconds) / this.routing.slowStartSeconds;
    if (share >= 1) task.slowStartSinceSeconds = undefined;
    else this.hasSlowStart = true;
    return task.trafficShare * Math.min(1, share);
  }
}
