import type { Routing } from '../../plan/routing';
import type { QueueingModelsBySpeed } from '../queueing/queueing-models-by-speed';
import type { SimulatedTask } from '../tasks/simulated-task';
import type { ReportingTasks } from '../tasks/task-counts';
import { AlikeTargets } from './alike-targets';
import type { GroupList } from './group-list';
import type { RequestTreatment } from './request-treatment';
import { assignShares } from './routing-shares';
import type { TaskGroup } from './task-group';

/** The targets that the load balancer sends requests to, in groups that treat their requests alike, and those that drain. */
export class RoutedTargets {
  /** The share of the capacity of the serving targets that was in use in the last step. */
  public utilization = 0;
  /** How much longer each request waits for a slow dependency. */
  private currentDependencyDelaySeconds = 0;
  private currentHeldShare = 0;
  /** Whether the groups must be computed again. */
  private isStale = true;
  /** Whether tasks may have left their groups since requests were sent. */
  private mayHaveLeft = true;
  private hasSlowStart = false;
  private readonly alikeTargets: AlikeTargets;

  public constructor(
    private readonly routing: Routing,
    tasks: ReportingTasks,
    queueingModels: QueueingModelsBySpeed,
    private readonly idleTimeoutSeconds: number,
  ) {
    this.alikeTargets = new AlikeTargets(tasks, queueingModels);
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
    return this.hasSlowStart || (this.routing.algorithm === 'least_outstanding_requests' && this.isAnyNotServing);
  }

  /** The targets at a second of the scenario, with the shares of the requests that they get. */
  public routedAt(atSeconds: number): GroupList {
    if (this.isStale || this.changesEachSecond) this.regroup(atSeconds);
    this.mayHaveLeft = false;
    return this.alikeTargets.routed;
  }

  /** Tasks that get no new requests, and still have some in flight. */
  public get draining(): GroupList {
    return this.alikeTargets.draining;
  }

  /** The share of the requests that are sent to tasks which do not respond. */
  public get heldShare(): number {
    return this.currentHeldShare;
  }

  /** Requests in flight at all tasks. */
  public get inFlightRequests(): number {
    const { routed, draining } = this.alikeTargets;
    return this.inFlightRequestsOf(routed.groups) + this.inFlightRequestsOf(draining.groups);
  }

  /** To be called before a task changes. */
  public beforeTaskChange(): void {
    this.mayHaveLeft = true;
  }

  /** To be called when draining tasks have completed their last requests. */
  public onDrained(): void {
    this.alikeTargets.onDrained();
  }

  /** The requests in flight at a task that fail or are held from now on: it has none any more. */
  public takeInFlightOf(task: SimulatedTask): number {
    return this.alikeTargets.takeInFlightOf(task);
  }

  public requestCpuSecondsOf(task: SimulatedTask): number {
    return this.alikeTargets.requestCpuSecondsOf(task);
  }

  private get isAnyNotServing(): boolean {
    for (const { queueingModel } of this.alikeTargets.routed.treatments) if (queueingModel === undefined) return true;
    return false;
  }

  private inFlightRequestsOf(groups: readonly TaskGroup[]): number {
    let sum = 0;
    for (const group of groups) {
      if (!this.mayHaveLeft) sum += group.count * group.inFlightPerTask;
      // one task after the other: the last digit of the sum depends on it.
      else for (let count = 0; count < group.tasks.length; count++) sum += group.inFlightPerTask;
    }
    return sum;
  }

  private regroup(atSeconds: number): void {
    const { alikeTargets } = this;
    const areAllHeld = this.currentDependencyDelaySeconds >= this.idleTimeoutSeconds;
    this.mayHaveLeft = true;
    this.isStale = false;
    alikeTargets.refresh(areAllHeld);
    if (this.weighSlowStarts(atSeconds)) alikeTargets.refresh(areAllHeld);
    const { groups, treatments } = alikeTargets.routed;
    this.currentHeldShare = assignShares(groups, treatments, this.routing, this.utilization);
  }

  /** Sets the weights of the targets in slow start; returns whether the slow start of some has ended. */
  private weighSlowStarts(atSeconds: number): boolean {
    const { slowStartSeconds } = this.routing;
    this.hasSlowStart = false;
    const ended: RequestTreatment[] = [];
    for (const treatment of this.alikeTargets.routed.treatments) {
      if (treatment.slowStartedAtSeconds === undefined) continue;
      // the middle of the second that begins now.
      const slowStartShare = (atSeconds + 0.5 - treatment.slowStartedAtSeconds) / slowStartSeconds;
      if (slowStartShare >= 1) ended.push(treatment);
      else {
        this.hasSlowStart = true;
        treatment.weight = treatment.trafficShare * slowStartShare;
      }
    }
    for (const treatment of ended) this.alikeTargets.endSlowStart(treatment);
    return ended.length > 0;
  }
}
