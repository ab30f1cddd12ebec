import { idleTimeoutOf } from '../plan/service-plan';
import { vcpuOf } from '../plan/task-size';
import type { Client, ClientMeasurements } from '../run/client';
import type { Scenario } from '../run/scenario';
import { type Load, LoadOverTime } from '../traffic/traffic-phases';
import { QueueingModelsBySpeed } from './queueing/queueing-models-by-speed';
import { HeldRequests } from './requests/held-requests';
import { RequestCounts } from './requests/request-counts';
import { RequestCpu } from './requests/request-cpu';
import { RoutedTargets } from './requests/routed-targets';
import {
  type ChangingUsers,
  closedLoadRate,
  noUsers,
  rejectedCycleSeconds,
  requestsToHeldTargets,
  sendClosedLoadTo,
  type Users,
} from './requests/simulated-closed-load';
import { sendOpenLoadTo } from './requests/simulated-open-load';
import type { StepResult, TaskGroup } from './requests/task-group';
import type { SimulatedTask } from './tasks/simulated-task';
import type { ReportingTasks } from './tasks/task-counts';

/** What a simulated client reads and reports. */
export interface ClientParts {
  /** All tasks of the service; none yet. */
  readonly tasks: ReportingTasks;
  /** Called when tasks begin to take longer to respond than the health check timeout, or no longer do. */
  readonly onOverloadChange: (tasks: readonly SimulatedTask[], isOverloaded: boolean, atSeconds: number) => void;
}

/**
 * Sends the traffic of a scenario to simulated tasks, step by step.
 *
 * A step lasts until the load or a task changes, and ends with the second if its result is not that of the step before.
 */
export class SimulatedClient implements Client {
  public readonly counts: RequestCounts;
  public readonly targets: RoutedTargets;
  public readonly cpu = new RequestCpu();
  private readonly heldRequests: HeldRequests;
  private readonly queueingModels: QueueingModelsBySpeed;
  private readonly loadOverTime: LoadOverTime;
  private load: Load;
  /** The users of a step. The object is reused. */
  private readonly users: ChangingUsers;
  private atSeconds = 0;
  /** Whether the next step has the same result as the last, unless the load or a task changes. */
  private isSteady = false;
  private hasOverloadChanged = false;
  /** The rate of the last step of a closed load: the first guess for the next. */
  private previousUserRequestsPerSecond = 0;
  private inFlightRequestSeconds = 0;

  public constructor(
    private readonly scenario: Scenario,
    private readonly parts: ClientParts,
  ) {
    const { plan, workload } = scenario;
    const timeout = idleTimeoutOf(plan);
    this.heldRequests = new HeldRequests(timeout);
    this.counts = new RequestCounts(workload.baseLatencySeconds, timeout);
    this.queueingModels = new QueueingModelsBySpeed(workload, vcpuOf(plan.task));
    this.targets = new RoutedTargets(plan.routing, parts.tasks, this.queueingModels, timeout);
    this.loadOverTime = new LoadOverTime(scenario.traffic);
    this.load = this.loadOverTime.at(0);
    this.users = noUsers(workload.baseLatencySeconds, timeout, this.clientLimitPerSecond);
  }

  /** Requests that wait for their response now. */
  public get inFlightRequests(): number {
    return this.targets.inFlightRequests + this.heldRequests.count;
  }

  /** Sends the requests of one step, at most until a second of the scenario; returns when the step ends. */
  public sendUntil(maxSeconds: number): number {
    const untilSeconds = Math.min(maxSeconds, this.stepEndSeconds());
    this.sendStep(untilSeconds - this.atSeconds);
    this.atSeconds = untilSeconds;
    return untilSeconds;
  }

  /** Requests in flight × seconds since the last call, from which the memory is computed; 0 if a request uses none. */
  public takeInFlightRequestSeconds(): number {
    const { inFlightRequestSeconds } = this;
    this.inFlightRequestSeconds = 0;
    return inFlightRequestSeconds;
  }

  /** Whether tasks have just become overloaded, or have just recovered. */
  public takeOverloadChange(): boolean {
    const { hasOverloadChanged } = this;
    this.hasOverloadChanged = false;
    return hasOverloadChanged;
  }

  /** To be called when a task has changed. */
  public refresh(): void {
    this.targets.refresh();
    this.isSteady = false;
  }

  /** From now on each request waits this much longer for a slow dependency. */
  public set dependencyDelaySeconds(seconds: number) {
    this.targets.dependencyDelaySeconds = seconds;
    this.isSteady = false;
  }

  /** A task does not respond from now on: its requests in flight are held. */
  public pause(task: SimulatedTask): void {
    this.heldRequests.add(task, this.atSeconds, this.targets.takeInFlightOf(task));
  }

  /** A task responds again, also to the requests that were held. */
  public unpause(task: SimulatedTask): void {
    const { count, totalWaitedSeconds } = this.heldRequests.takeAllOf(task, this.atSeconds);
    if (count > 0) this.counts.countServed(count, this.queueingModels.at(task.relativeSpeed).latencyAt(0), totalWaitedSeconds / count);
  }

  /** A task has exited: its requests in flight fail. */
  public failRequestsOf(task: SimulatedTask): void {
    this.counts.countFailed('HTTP 502', this.targets.takeInFlightOf(task) + this.heldRequests.takeAllOf(task, this.atSeconds).count);
  }

  public takeMeasurements(): ClientMeasurements {
    const users = this.load.kind === 'users' ? this.load.value : undefined;
    return { users, inFlightRequests: this.inFlightRequests, ...this.counts.take() };
  }

  private stepEndSeconds(): number {
    const constantUntil = this.loadOverTime.constantUntil(this.atSeconds);
    const isLoadUnchanged = this.loadOverTime.at(this.atSeconds) === this.load;
    const canSkipSeconds = this.isSteady && isLoadUnchanged && !this.targets.changesEachSecond && this.heldRequests.count === 0;
    return canSkipSeconds ? constantUntil : Math.min(Math.floor(this.atSeconds) + 1, constantUntil);
  }

  private sendStep(seconds: number): void {
    const groups = this.targets.groupsAt(this.atSeconds);
    this.load = this.loadOverTime.at(this.atSeconds);
    this.isSteady = true;
    for (const group of this.targets.draining) this.serveDraining(group, seconds);
    if (this.load.kind === 'users') this.sendClosedLoad(groups, seconds);
    else this.sendOpenLoad(groups, seconds);
    this.counts.countFailed('HTTP 504', this.heldRequests.takeTimedOut(this.atSeconds + seconds));
    if (this.scenario.workload.memoryMiBPerConcurrentRequest > 0) this.inFlightRequestSeconds += this.inFlightRequests * seconds;
    this.counts.endStep(seconds, this.inFlightRequests);
  }

  /** An open load sends its requests whether or not there are responses. */
  private sendOpenLoad(groups: readonly TaskGroup[], seconds: number): void {
    const perSecond = Math.min(this.load.value, this.clientLimitPerSecond);
    if (groups.length === 0) this.counts.countRejected(perSecond * seconds);
    const { heldShare, dependencyDelaySeconds } = this.targets;
    const heldCount = this.holdRequests(groups, perSecond * heldShare * seconds, seconds);
    const respondingPerSecond = perSecond - heldCount / seconds;
    for (const group of groups) {
      if (group.requestResult === 'refused') this.counts.countRefused(respondingPerSecond * group.shareOfGroup * seconds);
      if (group.requestResult !== 'served') continue;
      const step = sendOpenLoadTo(group, respondingPerSecond * group.shareOfTask, seconds, dependencyDelaySeconds, this.counts);
      this.recordStep(group, step, seconds);
    }
  }

  /** Users wait for their responses, also if their requests are held. */
  private sendClosedLoad(groups: readonly TaskGroup[], seconds: number): void {
    const users = this.usersWithoutHeldRequest();
    if (groups.length === 0) this.counts.countRejected((users.count / rejectedCycleSeconds(users)) * seconds);
    if (groups.length === 0) return;
    const { heldShare } = this.targets;
    const respondingGroups = heldShare > 0 ? groups.filter((group) => group.requestResult !== 'held') : groups;
    const rateOfAll = closedLoadRate(users, respondingGroups, this.previousUserRequestsPerSecond);
    this.previousUserRequestsPerSecond = rateOfAll.perSecond;
    const rate =
      heldShare > 0 ? { ...rateOfAll, perSecond: this.holdRequestsOfUsers(groups, users, rateOfAll.perSecond, seconds) } : rateOfAll;
    for (const group of respondingGroups) {
      if (group.requestResult === 'refused') this.counts.countRefused(rate.perSecond * group.shareOfGroup * seconds);
      else this.recordStep(group, sendClosedLoadTo(group, rate, seconds, this.counts), seconds);
    }
  }

  /** Holds the requests that users send to tasks which do not respond; returns the request rate of the other tasks. */
  private holdRequestsOfUsers(groups: readonly TaskGroup[], users: Users, perSecond: number, seconds: number): number {
    const { heldShare } = this.targets;
    const requestCount = requestsToHeldTargets(users, perSecond, heldShare, seconds);
    const heldCount = this.holdRequests(groups, requestCount, seconds);
    if (heldCount < requestCount) return (perSecond * (users.count - heldCount)) / users.count;
    return (heldCount * (1 - heldShare)) / heldShare / seconds;
  }

  /** Holds requests at the tasks that do not respond, at most as many as the load balancer sends to each; returns how many. */
  private holdRequests(groups: readonly TaskGroup[], requestCount: number, seconds: number): number {
    if (requestCount === 0) return 0;
    let heldCount = 0;
    for (const group of groups) {
      if (group.requestResult !== 'held') continue;
      for (const task of group.tasks) {
        const count = Math.min(requestCount * group.shareOfTask, this.maxMoreHeldAt(task, groups));
        this.heldRequests.add(task, this.atSeconds + seconds / 2, count);
        if (task.pauseFaultCount === 0) this.cpu.add(count * this.scenario.workload.cpuSecondsPerRequest, group);
        heldCount += count;
      }
    }
    this.counts.countSent(heldCount);
    this.isSteady = false;
    return heldCount;
  }

  /** With least outstanding requests, a task that does not respond gets no more requests than the others have in flight. */
  private maxMoreHeldAt(task: SimulatedTask, groups: readonly TaskGroup[]): number {
    const servingGroup = groups.find((group) => group.requestResult === 'served');
    if (this.scenario.plan.routing.algorithm !== 'least_outstanding_requests' || servingGroup === undefined)
      return Number.POSITIVE_INFINITY;
    return Math.max(0, Math.max(1, servingGroup.inFlightPerTask) - this.heldRequests.countOf(task));
  }

  /** Draining targets get no new requests, and complete those in flight. */
  private serveDraining(group: TaskGroup, seconds: number): void {
    if (group.requestResult === 'served' && group.inFlightPerTask > 0) {
      this.recordStep(group, sendOpenLoadTo(group, 0, seconds, this.targets.dependencyDelaySeconds, this.counts), seconds);
    }
  }

  private recordStep(group: TaskGroup, { completedRequests, responseSeconds, isSteady }: StepResult, seconds: number): void {
    const { workload, plan } = this.scenario;
    this.cpu.add((completedRequests * workload.cpuSecondsPerRequest) / group.relativeSpeed, group);
    this.isSteady &&= isSteady;
    if (plan.routing.algorithm === 'least_outstanding_requests')
      this.targets.utilization = completedRequests / (group.capacityPerSecond * seconds);
    const isOverloaded = responseSeconds - workload.baseLatencySeconds > plan.healthCheck.timeoutSeconds;
    if (isOverloaded === group.isOverloaded) return;
    group.isOverloaded = isOverloaded;
    this.hasOverloadChanged = true;
    this.parts.onOverloadChange(group.tasks, isOverloaded, this.atSeconds + seconds);
  }

  /** The users who can send requests now: a user whose request is held waits for its response. */
  private usersWithoutHeldRequest(): Users {
    const { users } = this;
    users.count = Math.max(0, this.load.value - this.heldRequests.count);
    users.thinkSeconds = this.load.thinkSeconds;
    users.pacingSeconds = this.load.pacingSeconds ?? 0;
    users.dependencyDelaySeconds = this.targets.dependencyDelaySeconds;
    return users;
  }

  private get clientLimitPerSecond(): number {
    return this.scenario.traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY;
  }
}
