import { bisect } from '../../math/bisect';
import { type Load, PAUSE_AFTER_FAILURE_SECONDS } from '../../traffic/traffic-phases';
import type { QueueingModel } from '../queueing/latency';
import { MAX_UTILIZATION } from '../queueing/queueing-model';
import type { HeldLoad } from './held-load';
import type { HeldRequests } from './held-requests';
import type { RequestCounts } from './request-counts';
import type { RoutedTargets } from './routed-targets';
import { type ChangingUsers, otherUsersShare, rejectedCycleSeconds, setUsers, type Users } from './simulated-users';
import type { TaskGroup } from './task-group';

/** An open load to the same tasks, in one step. */
interface RateBeside {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Halves the range of the rate so often that only rounding errors are left. */
const BISECTION_STEPS = 50;

/**
 * The rate of the requests of users beside an open load: users × (think time + response time) is their number (Little's law).
 *
 * The response time is that at the end of the step, with the queue that both loads leave there, so that users slow down in time and
 * do not overshoot. An open load above the capacity leaves them what gets through its queue.
 *
 * @param groups of tasks that serve or refuse requests; their shares are of the requests that are not held.
 */
export function rateOfUsersBeside(users: Users, groups: readonly TaskGroup[], beside: RateBeside): number {
  if (users.count <= 0) return 0;
  const usersAt = (perSecond: number): number => perSecond * cycleSeconds(users, groups, perSecond, beside);
  const maxPerSecond = Math.min(users.clientLimitPerSecond, users.count / cycleSeconds(users, groups, 0, { ...beside, perSecond: 0 }));
  if (usersAt(maxPerSecond) <= users.count) return maxPerSecond;
  return bisect((perSecond) => usersAt(perSecond) < users.count, maxPerSecond, BISECTION_STEPS).inside;
}

/** From a request of a user to its next, on average. */
function cycleSeconds(users: Users, groups: readonly TaskGroup[], perSecond: number, beside: RateBeside): number {
  return Math.max(secondsWithoutPacing(users, groups, perSecond, beside), users.pacingSeconds);
}

function secondsWithoutPacing(users: Users, groups: readonly TaskGroup[], perSecond: number, beside: RateBeside): number {
  const responseSeconds = groups.reduce((sum, group) => sum + group.shareOfGroup * responseSecondsOf(group, users, perSecond, beside), 0);
  return users.thinkSeconds + responseSeconds;
}

/** How long a request of a user waits in the client whose limit is reached. The pacing of the user ends meanwhile. */
function waitInClientSecondsOf(users: Users, groups: readonly TaskGroup[], perSecond: number, beside: RateBeside): number {
  if (perSecond === 0 || perSecond < users.clientLimitPerSecond) return 0;
  const secondsPerRequest = users.count / perSecond;
  if (secondsPerRequest <= cycleSeconds(users, groups, perSecond, beside)) return 0;
  return secondsPerRequest - secondsWithoutPacing(users, groups, perSecond, beside);
}

/** From a request of a user to a group until the user starts to think. */
function responseSecondsOf(group: TaskGroup, users: Users, perSecond: number, beside: RateBeside): number {
  const { queueingModel, shareOfTask, inFlightPerTask } = group;
  if (queueingModel === undefined) return users.secondsPerRejectedRequest;
  const { capacityPerSecond } = queueingModel;
  const arrivingPerSecond = (beside.perSecond + perSecond) * shareOfTask;
  const steadySeconds = steadySecondsOf(queueingModel, shareOfTask, users, perSecond, beside);
  const steadyInFlight = Math.min(arrivingPerSecond, MAX_UTILIZATION * capacityPerSecond) * steadySeconds;
  const inFlightAtEnd = inFlightPerTask + (arrivingPerSecond - capacityPerSecond) * beside.seconds;
  const responseSeconds = steadySeconds + Math.max(0, inFlightAtEnd - steadyInFlight) / capacityPerSecond;
  return responseSeconds < users.idleTimeoutSeconds ? responseSeconds : users.idleTimeoutSeconds + PAUSE_AFTER_FAILURE_SECONDS;
}

/** How long a request takes without a queue: one of a user meets those of the others. */
function steadySecondsOf(model: QueueingModel, shareOfTask: number, users: Users, perSecond: number, beside: RateBeside): number {
  return model.meanAt((beside.perSecond + otherUsersShare(users) * perSecond) * shareOfTask) + users.dependencyDelaySeconds;
}

/** What the step of users beside a rate reads and counts by. */
interface UsersBesideRateParts {
  /** The object is reused. */
  readonly users: ChangingUsers;
  readonly targets: RoutedTargets;
  readonly counts: RequestCounts;
  readonly heldRequests: HeldRequests;
  readonly heldLoad: HeldLoad;
}

/** A step of both loads. */
interface BothLoadsStep {
  readonly atSeconds: number;
  readonly seconds: number;
  /** The highest rate that the client can send. */
  readonly limitPerSecond: number;
}

/** The rate of both loads at the tasks that respond, and the rate that a request meets. */
interface RateOfBoth {
  readonly perSecond: number;
  readonly metPerSecond: number;
  /** How long a request waits in the client, averaged over both loads: only users wait there. */
  readonly waitInClientSeconds: number;
}

/** Users beside a rate: the client sends the rate first, whatever its limit leaves is for the users. */
export class UsersBesideRate {
  private readonly heldOfUsers = new HeldRequestsOfUsers();

  public constructor(private readonly parts: UsersBesideRateParts) {}

  /** To be called before each step. */
  public changeLoad(previous: Load, next: Load): void {
    if (next.requestsPerSecondBeside === undefined || previous.requestsPerSecondBeside !== undefined) return;
    this.heldOfUsers.start(this.parts.heldRequests.count, previous.kind === 'users' ? 1 : 0);
  }

  /** Counts the requests that no task gets and holds those that a task holds; returns the rate of all others. */
  public send(groups: readonly TaskGroup[], load: Load, { atSeconds, seconds, limitPerSecond }: BothLoadsStep): RateOfBoth {
    const { targets, counts, heldRequests, heldLoad } = this.parts;
    const { heldShare, dependencyDelaySeconds } = targets;
    const ratePerSecond = Math.min(load.requestsPerSecondBeside ?? 0, limitPerSecond);
    this.heldOfUsers.update(heldRequests.count);
    const users = setUsers(this.parts.users, load, this.heldOfUsers.count, dependencyDelaySeconds);
    this.parts.users.clientLimitPerSecond = limitPerSecond - ratePerSecond;
    if (groups.length === 0) counts.countRejected((ratePerSecond + users.count / rejectedCycleSeconds(users)) * seconds);
    if (groups.length === 0) return { perSecond: 0, metPerSecond: 0, waitInClientSeconds: 0 };
    const responding = heldShare > 0 ? groups.filter((group) => group.requestResult !== 'held') : groups;
    const beside = { perSecond: ratePerSecond * (1 - heldShare), seconds };
    const usersPerSecond = rateOfUsersBeside(users, responding, beside);
    const waitSeconds = waitInClientSecondsOf(users, responding, usersPerSecond, beside);
    for (const group of responding) this.addNewUsers(group, users, usersPerSecond, beside);
    if (heldShare === 0) return rateOfBoth(ratePerSecond, users, usersPerSecond, waitSeconds);
    const middleSeconds = atSeconds + seconds / 2;
    const heldOfRate = heldLoad.hold(groups, ratePerSecond * heldShare * seconds, middleSeconds);
    const heldBefore = heldRequests.count;
    const others = heldLoad.holdOfUsers(groups, { users, perSecond: usersPerSecond, heldShare, seconds, middleSeconds });
    this.heldOfUsers.add(heldRequests.count - heldBefore, heldRequests.count, usersPerSecond / (ratePerSecond + usersPerSecond));
    return rateOfBoth(ratePerSecond - heldOfRate / seconds, users, others, waitSeconds);
  }

  /** Users who are new send their first requests at once: they need not wait for a response. */
  private addNewUsers(group: TaskGroup, users: Users, usersPerSecond: number, beside: RateBeside): void {
    if (group.queueingModel === undefined || usersPerSecond === 0) return;
    const perSecond = beside.perSecond + usersPerSecond;
    const maxPerSecond = Math.min(perSecond * group.shareOfTask, MAX_UTILIZATION * group.queueingModel.capacityPerSecond);
    const missing =
      maxPerSecond * steadySecondsOf(group.queueingModel, group.shareOfTask, users, usersPerSecond, beside) - group.inFlightPerTask;
    const missingOfUsers = Math.max(0, missing) * (usersPerSecond / perSecond);
    group.inFlightPerTask += missingOfUsers;
    this.parts.counts.countSent(group.count * missingOfUsers);
  }
}

function rateOfBoth(ratePerSecond: number, users: Users, usersPerSecond: number, waitOfUsersSeconds: number): RateOfBoth {
  const perSecond = ratePerSecond + usersPerSecond;
  return {
    perSecond,
    metPerSecond: ratePerSecond + otherUsersShare(users) * usersPerSecond,
    waitInClientSeconds: waitOfUsersSeconds === 0 ? 0 : (waitOfUsersSeconds * usersPerSecond) / perSecond,
  };
}

/** How many of the held requests are of users, where a rate is beside them: requests end alike, whoever sent them. */
class HeldRequestsOfUsers {
  public count = 0;
  private total = 0;
  private newShare = 0;

  /** To be called when the load changes to users beside a rate. */
  public start(total: number, share: number): void {
    this.total = total;
    this.newShare = share;
    this.count = share * total;
  }

  /** To be called before a step: held requests have ended, or the tasks of more requests have been paused. */
  public update(total: number): void {
    if (total < this.total) this.count *= total / this.total;
    else this.count += (total - this.total) * this.newShare;
    this.total = total;
  }

  /** Adds those that were held in a step. `share` is that of the users in all requests. */
  public add(count: number, total: number, share: number): void {
    this.count += count;
    this.total = total;
    if (Number.isFinite(share)) this.newShare = share;
  }
}
