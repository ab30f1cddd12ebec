import { hasCpuCredits, idleTimeoutOf } from '../plan/service-plan';
import { vcpuOf } from '../plan/task-size';
import type { Client, ClientMeasurements } from '../run/client';
import type { Scenario } from '../run/scenario';
import { type Load, LoadOverTime } from '../traffic/traffic-phases';
import { costFactor } from '../workload/cpu-demand';
import { QueueingModelsBySpeed } from './queueing/queueing-models-by-speed';
import type { GroupList } from './requests/group-list';
import { HeldLoad } from './requests/held-load';
import { HeldRequests } from './requests/held-requests';
import { RequestCounts } from './requests/request-counts';
import { RequestCpu } from './requests/request-cpu';
import { RoutedTargets } from './requests/routed-targets';
import { ClosedLoadRate, closedLoadRate, sendClosedLoadTo } from './requests/simulated-closed-load';
import { SimulatedOpenLoad } from './requests/simulated-open-load';
import { type ChangingUsers, noUsers, rejectedCycleSeconds, setUsers } from './requests/simulated-users';
import type { StepResult, TaskGroup } from './requests/task-group';
import { UsersBesideRate } from './requests/users-beside-rate';
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
  private readonly heldLoad: HeldLoad;
  private readonly openLoad: SimulatedOpenLoad;
  private readonly usersBesideRate: UsersBesideRate;
  private readonly queueingModels: QueueingModelsBySpeed;
  private readonly loadOverTime: LoadOverTime;
  private readonly clientLimitPerSecond: number;
  private load: Load;
  /** The users of a step. The object is reused. */
  private readonly users: ChangingUsers;
  private atSeconds = 0;
  /** Whether the next step has the same result as the last, unless the load or a task changes. */
  private isSteady = false;
  private hasOverloadChanged = false;
  /** The object is reused. */
  private readonly userRate = new ClosedLoadRate();
  /** The rate of the last step of a closed load: the first guess for the next. */
  private previousUserRequestsPerSecond = 0;
  private inFlightRequestSeconds = 0;
  private readonly isInFlight = (): boolean => this.inFlightRequests > 0;

  public constructor(
    private readonly scenario: Scenario,
    private readonly parts: ClientParts,
  ) {
    const { plan, workload } = scenario;
    const timeout = idleTimeoutOf(plan);
    this.heldRequests = new HeldRequests(timeout);
    this.counts = new RequestCounts(workload.baseLatencySeconds, timeout);
    const { counts, cpu, heldRequests } = this;
    const maxResponseSeconds = plan.healthCheck.timeoutSeconds;
    this.openLoad = new SimulatedOpenLoad({ counts, cpu, cost: workload, hasCpuCredits: hasCpuCredits(plan), maxResponseSeconds });
    this.heldLoad = new HeldLoad({
      heldRequests,
      counts,
      cpu,
      cpuSecondsPerRequest: workload.cpuSecondsPerRequest,
      algorithm: plan.routing.algorithm,
    });
    this.queueingModels = new QueueingModelsBySpeed(workload, vcpuOf(plan.task));
    this.targets = new RoutedTargets(plan.routing, parts.tasks, this.queueingModels, timeout);
    this.loadOverTime = new LoadOverTime(scenario.traffic);
    this.clientLimitPerSecond = scenario.traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY;
    this.load = this.loadOverTime.at(0);
    this.users = noUsers(workload.baseLatencySeconds, timeout, this.clientLimitPerSecond);
    this.usersBesideRate = new UsersBesideRate({
      users: { ...this.users },
      targets: this.targets,
      counts,
      heldRequests,
      heldLoad: this.heldLoad,
    });
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
    const latency = this.queueingModels.at(task.relativeSpeed, task.cpuShare).latencyOfStep(0);
    if (count > 0) this.counts.countServed(count, latency, totalWaitedSeconds / count);
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
    const routed = this.targets.routedAt(this.atSeconds);
    this.usersBesideRate.changeLoad(this.load, this.loadOverTime.at(this.atSeconds));
    this.load = this.loadOverTime.at(this.atSeconds);
    this.isSteady = true;
    this.heldLoad.hasHeld = false;
    // draining targets get no new requests, and complete those in flight.
    this.sendAtRate(this.targets.draining, 0, seconds);
    if (this.load.requestsPerSecondBeside !== undefined) this.sendBothLoads(routed, seconds);
    else if (this.load.kind === 'users') this.sendClosedLoad(routed.groups, seconds);
    else this.sendOpenLoad(routed, seconds);
    this.counts.waitInClientSeconds = 0;
    if (this.heldLoad.hasHeld) this.isSteady = false;
    this.counts.countFailed('HTTP 504', this.heldRequests.takeTimedOut(this.atSeconds + seconds));
    if (this.scenario.workload.memoryMiBPerConcurrentRequest > 0) this.inFlightRequestSeconds += this.inFlightRequests * seconds;
    this.counts.endStep(seconds, this.isInFlight);
  }

  /** An open load sends its requests whether or not there are responses. */
  private sendOpenLoad(routed: GroupList, seconds: number): void {
    const perSecond = Math.min(this.load.value, this.clientLimitPerSecond);
    if (routed.groups.length === 0) this.counts.countRejected(perSecond * seconds);
    const heldCount = this.heldLoad.hold(routed.groups, perSecond * this.targets.heldShare * seconds, this.atSeconds + seconds / 2);
    this.sendAtRate(routed, perSecond - heldCount / seconds, seconds);
  }

  /** Users beside a rate are a rate that follows the response time: both share the tasks and their queues. */
  private sendBothLoads(routed: GroupList, seconds: number): void {
    const step = { atSeconds: this.atSeconds, seconds, limitPerSecond: this.clientLimitPerSecond };
    const { perSecond, metPerSecond, waitInClientSeconds } = this.usersBesideRate.send(routed.groups, this.load, step);
    this.counts.waitInClientSeconds = waitInClientSeconds;
    this.sendAtRate(routed, perSecond, seconds, metPerSecond);
  }

  /** Sends requests to groups at a rate. Each of them meets others at the same rate, or at fewer. */
  private sendAtRate(list: GroupList, perSecond: number, seconds: number, metPerSecond = perSecond): void {
    if (list.groups.length === 0) return;
    const { openLoad, targets } = this;
    openLoad.send(list, { perSecond, metPerSecond, seconds, dependencyDelaySeconds: targets.dependencyDelaySeconds });
    this.isSteady &&= openLoad.isSteady;
    if (openLoad.hasDrained) targets.onDrained();
    if (openLoad.utilization !== undefined) this.setUtilization(openLoad.utilization);
    for (const group of openLoad.changedGroups) this.changeOverload(group, !group.isOverloaded, seconds);
  }

  /** Users wait for their responses, also if their requests are held. */
  private sendClosedLoad(groups: readonly TaskGroup[], seconds: number): void {
    const users = setUsers(this.users, this.load, this.heldRequests.count, this.targets.dependencyDelaySeconds);
    if (groups.length === 0) this.counts.countRejected((users.count / rejectedCycleSeconds(users)) * seconds);
    if (groups.length === 0) return;
    const { heldShare } = this.targets;
    const respondingGroups = heldShare > 0 ? groups.filter((group) => group.requestResult !== 'held') : groups;
    const rate = closedLoadRate(users, respondingGroups, this.previousUserRequestsPerSecond, this.userRate);
    this.previousUserRequestsPerSecond = rate.perSecond;
    this.counts.waitInClientSeconds = rate.waitInClientSeconds;
    const step = { users, perSecond: rate.perSecond, heldShare, seconds, middleSeconds: this.atSeconds + seconds / 2 };
    if (heldShare > 0) rate.perSecond = this.heldLoad.holdOfUsers(groups, step);
    for (const group of respondingGroups) {
      if (group.requestResult === 'refused') this.counts.countRefused(rate.perSecond * group.shareOfGroup * seconds);
      else this.recordStep(group, sendClosedLoadTo(group, users, rate, seconds, this.counts), seconds);
    }
  }

  private recordStep(group: TaskGroup, { completedRequests, responseSeconds, isSteady }: StepResult, seconds: number): void {
    const { workload, plan } = this.scenario;
    const utilization = completedRequests / (group.capacityPerSecond * seconds);
    const cpuSeconds =
      (costFactor(workload, utilization) * completedRequests * workload.cpuSecondsPerRequest) / group.treatment.relativeSpeed;
    this.cpu.add(cpuSeconds, group.treatment.isActive);
    if (hasCpuCredits(plan)) group.addCpu(cpuSeconds);
    this.isSteady &&= isSteady;
    this.setUtilization(utilization);
    const isOverloaded = responseSeconds - workload.baseLatencySeconds > plan.healthCheck.timeoutSeconds;
    if (isOverloaded !== group.isOverloaded) this.changeOverload(group, isOverloaded, seconds);
  }

  private setUtilization(utilization: number): void {
    if (this.scenario.plan.routing.algorithm === 'least_outstanding_requests') this.targets.utilization = utilization;
  }

  /** The tasks of a group have become overloaded in a step, or no longer are. */
  private changeOverload(group: TaskGroup, isOverloaded: boolean, seconds: number): void {
    group.isOverloaded = isOverloaded;
    this.hasOverloadChanged = true;
    this.parts.onOverloadChange(group.tasks, isOverloaded, this.atSeconds + seconds);
  }
}
