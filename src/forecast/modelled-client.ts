import { vcpuOf } from '../plan/task-size';
import type { Client, ClientReading } from '../scenario/client';
import type { Scenario } from '../scenario/scenario';
import { type Arrival, Arrivals, REFUSED_PAUSE_SECONDS } from '../scenario/traffic';
import type { TaskServer } from './latency';
import { askedBy, sendClosed } from './requests/closed-load';
import type { Users } from './requests/closed-rate';
import { Holdings } from './requests/holdings';
import { type Stretch, sendOpen } from './requests/open-load';
import { RequestCounts } from './requests/request-counts';
import { Rotation } from './requests/rotation';
import type { TaskGroup } from './requests/task-group';
import { taskServerOf } from './task-server-of-workload';
import type { ModelledTask } from './tasks/modelled-task';

/** What the client of a modelled fleet looks at, and tells. */
export interface ClientParts {
  readonly tasks: () => readonly ModelledTask[];
  /** Told when tasks begin to take longer to answer than a health check waits, or do so no more. */
  readonly onOverload: (tasks: readonly ModelledTask[], isOverloaded: boolean, atSeconds: number) => void;
}

/**
 * Sends the traffic of a scenario to modelled tasks, one stretch of time after the other.
 *
 * Where nothing changes, one stretch lasts for as long as that is so; else it ends with the second.
 */
export class ModelledClient implements Client {
  public readonly counts: RequestCounts;
  public readonly rotation: Rotation;
  /** Seconds of CPU that requests have used, since the start. */
  public cpuSeconds = 0;
  private readonly holdings = new Holdings();
  private readonly servers = new Map<number, TaskServer>();
  private readonly arrivals: Arrivals;
  private arrival: Arrival;
  private atSeconds = 0;
  private isSteady = false;
  private hasNews = false;
  private rateOfUsers = 0;
  private inFlightSeconds = 0;

  public constructor(
    private readonly scenario: Scenario,
    private readonly parts: ClientParts,
  ) {
    this.counts = new RequestCounts(scenario.workload.baseLatencySeconds);
    this.rotation = new Rotation(scenario.plan.routing, parts.tasks, (speedShare) => this.serverAt(speedShare));
    this.arrivals = new Arrivals(scenario.traffic);
    this.arrival = this.arrivals.at(0);
  }

  /** Requests that wait for their answer now. */
  public get inFlight(): number {
    return this.rotation.inFlight + this.holdings.count;
  }

  /** Sends what arrives for as long as one stretch lasts, and not beyond a second of the scenario; returns when it ends. */
  public sendUntil(mostSeconds: number): number {
    const untilSeconds = Math.min(mostSeconds, this.stretchEnd());
    this.sendFor(untilSeconds - this.atSeconds);
    this.atSeconds = untilSeconds;
    return untilSeconds;
  }

  /** What was in flight, times the seconds for which it was, since this was last called; 0 where no request takes memory. */
  public takeInFlightSeconds(): number {
    const { inFlightSeconds } = this;
    this.inFlightSeconds = 0;
    return inFlightSeconds;
  }

  /** Whether tasks have just become overloaded, or have just recovered. */
  public takeNews(): boolean {
    const { hasNews } = this;
    this.hasNews = false;
    return hasNews;
  }

  /** To be called when a task has changed. */
  public refresh(): void {
    this.rotation.refresh();
    this.isSteady = false;
  }

  /** From now on each request waits so much longer. */
  public set addedSeconds(seconds: number) {
    this.rotation.addedSeconds = seconds;
    this.isSteady = false;
  }

  /** A task answers nothing from now on. */
  public freeze(task: ModelledTask): void {
    this.holdings.hold(task, this.atSeconds, task.inFlight);
    task.inFlight = 0;
  }

  /** A task answers again, and with it all who have waited. */
  public thaw(task: ModelledTask): void {
    const { count, waitedSeconds } = this.holdings.release(task, this.atSeconds);
    if (count > 0) this.counts.serve(count, this.serverAt(task.speedShare).latencyAt(0), waitedSeconds / count);
  }

  /** A task has ended with what it worked on. */
  public breakOff(task: ModelledTask): void {
    this.counts.fail('HTTP 502', task.inFlight + this.holdings.release(task, this.atSeconds).count);
    task.inFlight = 0;
  }

  public takeReading(): ClientReading {
    const users = this.arrival.kind === 'users' ? this.arrival.value : undefined;
    return { users, inFlightRequests: this.inFlight, ...this.counts.take() };
  }

  private stretchEnd(): number {
    const holdsUntil = this.arrivals.holdsUntil(this.atSeconds);
    const isSame = this.arrivals.at(this.atSeconds) === this.arrival;
    const canJump = this.isSteady && isSame && !this.rotation.isMoving && this.holdings.count === 0;
    return canJump ? holdsUntil : Math.min(Math.floor(this.atSeconds) + 1, holdsUntil);
  }

  private sendFor(seconds: number): void {
    const groups = this.rotation.groupsAt(this.atSeconds);
    this.arrival = this.arrivals.at(this.atSeconds);
    this.isSteady = true;
    for (const group of this.rotation.leaving) this.finish(group, seconds);
    if (this.arrival.kind === 'users') this.sendUsers(groups, seconds);
    else this.sendRate(groups, seconds);
    this.counts.fail('HTTP 504', this.holdings.expire(this.atSeconds + seconds));
    if (this.scenario.workload.memoryMiBPerConcurrentRequest > 0) this.inFlightSeconds += this.inFlight * seconds;
    this.counts.pass(seconds, this.inFlight);
  }

  /** An open load comes, whether or not it is answered. */
  private sendRate(groups: readonly TaskGroup[], seconds: number): void {
    const perSecond = Math.min(this.arrival.value, this.limitPerSecond);
    if (groups.length === 0) this.counts.turnAway(perSecond * seconds);
    const held = this.hold(groups, perSecond * this.rotation.heldShare * seconds, seconds);
    const otherPerSecond = perSecond - held / seconds;
    for (const group of groups) {
      if (group.fate === 'refused') this.refuse(otherPerSecond * group.share * seconds);
      if (group.fate !== 'served') continue;
      this.note(group, sendOpen(group, otherPerSecond * group.shareOfTask, seconds, this.rotation.addedSeconds, this.counts), seconds);
    }
  }

  /** Users wait for their answers, and those whose requests are held wait for those. */
  private sendUsers(groups: readonly TaskGroup[], seconds: number): void {
    const users = this.usersThere();
    if (groups.length === 0) this.counts.turnAway((users.count / (users.thinkSeconds + users.refusedSeconds)) * seconds);
    if (groups.length === 0) return;
    const { heldShare } = this.rotation;
    const free = heldShare > 0 ? groups.filter((group) => group.fate !== 'held') : groups;
    const wanted = askedBy(users, free, this.rateOfUsers);
    this.rateOfUsers = wanted.perSecond;
    const asked = heldShare > 0 ? { ...wanted, perSecond: this.capture(groups, users, wanted.perSecond, seconds) } : wanted;
    for (const group of free) {
      if (group.fate === 'refused') this.refuse(asked.perSecond * group.share * seconds);
      else this.note(group, sendClosed(group, asked, seconds, this.counts), seconds);
    }
  }

  /** Sooner or later each user meets a task that holds requests; returns what the others are asked for in a second meanwhile. */
  private capture(groups: readonly TaskGroup[], users: Users, perSecond: number, seconds: number): number {
    const { heldShare } = this.rotation;
    if (users.count === 0) return 0;
    const answerSeconds = perSecond > 0 ? users.count / perSecond - users.thinkSeconds : 0;
    const cycleSeconds = users.thinkSeconds + (1 - heldShare) * answerSeconds;
    const wanted = users.count * (1 - Math.exp(-(heldShare * seconds) / cycleSeconds));
    const captured = this.hold(groups, wanted, seconds);
    if (captured < wanted) return (perSecond * (users.count - captured)) / users.count;
    return (captured * (1 - heldShare)) / heldShare / seconds;
  }

  /** Lets tasks hold so many requests, or as many as the load balancer sends them; returns how many. */
  private hold(groups: readonly TaskGroup[], wanted: number, seconds: number): number {
    if (wanted === 0) return 0;
    let held = 0;
    for (const group of groups) {
      if (group.fate !== 'held') continue;
      for (const task of group.tasks) {
        const count = Math.min(wanted * group.shareOfTask, this.roomAt(task, groups));
        this.holdings.hold(task, this.atSeconds + seconds / 2, count);
        if (task.freezes === 0) this.cpuSeconds += count * this.scenario.workload.cpuSecondsPerRequest;
        held += count;
      }
    }
    this.counts.send(held);
    this.isSteady = false;
    return held;
  }

  /** With least outstanding requests, a task that answers nothing is sent no more than the others work on. */
  private roomAt(task: ModelledTask, groups: readonly TaskGroup[]): number {
    const serving = groups.find((group) => group.fate === 'served');
    if (this.scenario.plan.routing.algorithm !== 'least_outstanding_requests' || serving === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, Math.max(1, serving.inFlight) - this.holdings.heldBy(task));
  }

  private refuse(count: number): void {
    this.counts.send(count);
    this.counts.fail('HTTP 502', count);
  }

  private finish(group: TaskGroup, seconds: number): void {
    if (group.fate === 'served' && group.inFlight > 0) {
      this.note(group, sendOpen(group, 0, seconds, this.rotation.addedSeconds, this.counts), seconds);
    }
  }

  private note(group: TaskGroup, { worked, answerSeconds, isSteady }: Stretch, seconds: number): void {
    const { workload, plan } = this.scenario;
    this.cpuSeconds += (worked * workload.cpuSecondsPerRequest) / group.speedShare;
    this.isSteady &&= isSteady;
    if (plan.routing.algorithm === 'least_outstanding_requests') this.rotation.busyShare = worked / (group.capacityPerSecond * seconds);
    const isOverloaded = answerSeconds - workload.baseLatencySeconds > plan.healthCheck.timeoutSeconds;
    if (isOverloaded === group.isOverloaded) return;
    group.isOverloaded = isOverloaded;
    this.hasNews = true;
    this.parts.onOverload(group.tasks, isOverloaded, this.atSeconds + seconds);
  }

  private usersThere(): Users {
    return {
      count: Math.max(0, this.arrival.value - this.holdings.count),
      thinkSeconds: this.arrival.thinkSeconds,
      refusedSeconds: this.scenario.workload.baseLatencySeconds + REFUSED_PAUSE_SECONDS,
      addedSeconds: this.rotation.addedSeconds,
      limitPerSecond: this.limitPerSecond,
    };
  }

  private get limitPerSecond(): number {
    return this.scenario.traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY;
  }

  private serverAt(speedShare: number): TaskServer {
    const { workload, plan } = this.scenario;
    if (speedShare === 1) return taskServerOf(workload, vcpuOf(plan.task));
    const slow = { ...workload, cpuSecondsPerRequest: workload.cpuSecondsPerRequest / speedShare };
    const server = this.servers.get(speedShare) ?? taskServerOf(slow, vcpuOf(plan.task));
    this.servers.set(speedShare, server);
    return server;
  }
}
