import { PAUSE_AFTER_FAILURE_SECONDS } from '../../traffic/traffic-phases';
import { MAX_UTILIZATION } from '../queueing/queueing-model';
import type { RequestCounts } from './request-counts';
import type { Users } from './simulated-users';
import type { StepResult, TaskGroup } from './task-group';

/**
 * The rate of the requests of users, and the group at which they wait.
 *
 * If they would wait for longer than the idle timeout, all requests to those tasks time out: the tasks are busy with requests
 * whose users have already got a 504.
 *
 * @param into is changed and returned: a step allocates nothing.
 */
export function closedLoadRate(
  users: Users,
  groups: readonly TaskGroup[],
  firstGuessPerSecond: number,
  into = new ClosedLoadRate(),
): ClosedLoadRate {
  for (const group of groups) group.isPastIdleTimeout = false;
  for (;;) {
    const rate = rateWithoutMoreTimeouts(users, groups, firstGuessPerSecond, into);
    const group = nextPastIdleTimeout(users, rate);
    if (group === undefined) return rate;
    group.isPastIdleTimeout = true;
  }
}

/** A group at which requests would reach the idle timeout, and that is not marked as such yet. */
function nextPastIdleTimeout(users: Users, rate: ClosedLoadRate): TaskGroup | undefined {
  // without a queue only those requests are late that take longer than others.
  const group = rate.bottleneck;
  if (group === undefined || group.isPastIdleTimeout || group.queueingModel === undefined) return undefined;
  const latency = group.queueingModel.meanAt(rate.perSecond * group.shareOfTask) + users.dependencyDelaySeconds;
  return latency + waitSecondsAt(group, rate) > users.idleTimeoutSeconds ? group : undefined;
}

/** How long requests wait at a group: only the bottleneck has a queue. */
function waitSecondsAt(group: TaskGroup, { bottleneck, waitSeconds }: ClosedLoadRate): number {
  return group === bottleneck ? waitSeconds / group.shareOfGroup : 0;
}

/** Sends the requests of users to the tasks of a group that serves them. */
export function sendClosedLoadTo(group: TaskGroup, users: Users, rate: ClosedLoadRate, seconds: number, counts: RequestCounts): StepResult {
  const { perSecond } = rate;
  const queueingModel = group.queueingModel!;
  const sentPerTask = perSecond * group.shareOfTask * seconds;
  if (group.isPastIdleTimeout) return timeOutAllRequests(group, rate, sentPerTask, counts, seconds);
  const otherUsersShare = Math.max(0, users.count - 1) / Math.max(1, users.count);
  const latency = queueingModel.latencyOfStep(otherUsersShare * perSecond * group.shareOfTask);
  const waitSeconds = waitSecondsAt(group, rate);
  const steadyInFlight = perSecond * group.shareOfTask * (latency.mean + users.dependencyDelaySeconds + waitSeconds);
  const { inFlightPerTask: previousInFlight } = group;
  const servedPerTask = moveToSteadyInFlight(steadyInFlight, group, sentPerTask, queueingModel.capacityPerSecond * seconds, counts);
  // a wait at the bottleneck is an average: it is compared with the idle timeout above.
  const isNoneLate = group === rate.bottleneck || counts.isNoneLate(latency, users.dependencyDelaySeconds);
  const lateShare = isNoneLate ? 0 : counts.lateShare(latency, users.dependencyDelaySeconds);
  counts.countServed(group.count * servedPerTask * (1 - lateShare), latency, users.dependencyDelaySeconds + waitSeconds);
  counts.countFailed('HTTP 504', group.count * servedPerTask * lateShare);
  return group.endStep(group.count * servedPerTask, latency.mean + waitSeconds, group.inFlightPerTask === previousInFlight);
}

/**
 * Moves the number in flight to its steady value: missing requests are sent by users who are new, and surplus ones are served while their
 * users send no others. Returns the responses of one task.
 */
function moveToSteadyInFlight(
  steadyInFlight: number,
  group: TaskGroup,
  sentPerTask: number,
  capacityPerTask: number,
  counts: RequestCounts,
): number {
  const missing = Math.max(0, steadyInFlight - group.inFlightPerTask);
  const surplus = Math.max(0, group.inFlightPerTask - steadyInFlight);
  const leaving = Math.min(surplus, sentPerTask);
  const servedSurplus = Math.min(surplus - leaving, Math.max(0, capacityPerTask - sentPerTask));
  group.inFlightPerTask = surplus === leaving + servedSurplus ? steadyInFlight : group.inFlightPerTask - leaving - servedSurplus;
  counts.countSent(group.count * (sentPerTask + missing - leaving));
  return sentPerTask + servedSurplus;
}

/** The task is busy with requests that have timed out already: none of the new ones gets a response. */
function timeOutAllRequests(
  group: TaskGroup,
  { perSecond }: ClosedLoadRate,
  sentPerTask: number,
  counts: RequestCounts,
  seconds: number,
): StepResult {
  const steadyInFlight = perSecond * group.shareOfTask * counts.idleTimeoutSeconds;
  const { inFlightPerTask: previousInFlight, count } = group;
  group.inFlightPerTask = steadyInFlight;
  const surplus = Math.max(0, previousInFlight - steadyInFlight);
  counts.countSent(count * (sentPerTask + Math.max(0, steadyInFlight - previousInFlight)));
  counts.countFailed('HTTP 504', count * (sentPerTask + surplus));
  const completedRequests = count * group.queueingModel!.capacityPerSecond * seconds;
  return group.endStep(completedRequests, counts.idleTimeoutSeconds, steadyInFlight === previousInFlight);
}

/** The rate of the requests of users, and how long they wait besides the latency of the tasks. */
export class ClosedLoadRate {
  public perSecond = 0;
  /** The wait, averaged over all requests. */
  public waitSeconds = 0;
  /** The group with the queue; undefined if requests wait inside the client. */
  public bottleneck: TaskGroup | undefined;

  /** How long a request waits inside the client. */
  public get waitInClientSeconds(): number {
    return this.bottleneck === undefined ? this.waitSeconds : 0;
  }

  public set(perSecond: number, waitSeconds: number, bottleneck: TaskGroup | undefined): this {
    this.perSecond = perSecond;
    this.waitSeconds = waitSeconds;
    this.bottleneck = bottleneck;
    return this;
  }
}

/** The solution accounts for all users but this share. */
const PRECISION = 1e-10;
const MAX_SECANT_STEPS = 60;

/**
 * The rate if no more groups reach the idle timeout.
 *
 * Users send their next request after a response: rate × (think time + latency) is the number of users (Little's law). A request
 * meets the requests of the *other* users only (Schweitzer's approximation of mean value analysis, 1979).
 *
 * @param groups of tasks that serve or refuse requests; their shares are of the requests that are not held.
 * @param firstGuessPerSecond the rate of the last step.
 */
export function rateWithoutMoreTimeouts(
  users: Users,
  groups: readonly TaskGroup[],
  firstGuessPerSecond: number,
  into = new ClosedLoadRate(),
): ClosedLoadRate {
  if (users.count <= 0) return into.set(0, 0, undefined);
  const bottleneck = bottleneckOf(groups);
  const maxPerSecond = bottleneck === undefined ? Number.POSITIVE_INFINITY : maxPerSecondThrough(bottleneck);
  const maxUsersPerSecond = users.count / cycleSeconds(users, groups, 0);
  const perSecond = rateForUsers(users, groups, Math.min(maxPerSecond, users.clientLimitPerSecond, maxUsersPerSecond), firstGuessPerSecond);
  const waitSeconds = waitBesides(users, groups, perSecond);
  return into.set(perSecond, waitSeconds, perSecond >= maxPerSecond ? bottleneck : undefined);
}

/** The rate of all requests at which a group reaches its capacity. */
function maxPerSecondThrough({ queueingModel, shareOfTask }: TaskGroup): number {
  return (MAX_UTILIZATION * queueingModel!.capacityPerSecond) / shareOfTask;
}

/** The first group to reach its capacity. A group past the idle timeout sends no response to wait for. */
function bottleneckOf(groups: readonly TaskGroup[]): TaskGroup | undefined {
  let first: TaskGroup | undefined;
  for (const group of groups) {
    const canBeBottleneck = group.queueingModel !== undefined && !group.isPastIdleTimeout && group.shareOfTask > 0;
    if (canBeBottleneck && (first === undefined || maxPerSecondThrough(group) < maxPerSecondThrough(first))) first = group;
  }
  return first;
}

/** How long requests wait in a queue, on average. The pacing of a user ends while its request waits. */
function waitBesides(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  const secondsPerRequest = users.count / perSecond;
  if (secondsPerRequest <= cycleSeconds(users, groups, perSecond)) return 0;
  return secondsPerRequest - secondsWithoutPacing(users, groups, perSecond);
}

/** From a user's request to the next, on average, without a queue. */
function cycleSeconds(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  return Math.max(secondsWithoutPacing(users, groups, perSecond), users.pacingSeconds);
}

function secondsWithoutPacing(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  const otherUsersShare = Math.max(0, users.count - 1) / users.count;
  let seconds = users.thinkSeconds;
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index]!;
    seconds += group.shareOfGroup * responseSecondsOf(group, users, otherUsersShare * perSecond);
  }
  return seconds;
}

/** From a request to a group until its user starts to think, on average, without a queue. */
function responseSecondsOf(group: TaskGroup, users: Users, perSecond: number): number {
  if (group.queueingModel === undefined) return users.secondsPerRejectedRequest;
  if (group.isPastIdleTimeout) return users.idleTimeoutSeconds + PAUSE_AFTER_FAILURE_SECONDS;
  return Math.min(users.idleTimeoutSeconds, group.queueingModel.meanAt(perSecond * group.shareOfTask) + users.dependencyDelaySeconds);
}

/** The users that a rate needs beyond those that exist; negative if it needs fewer. Grows with the rate. */
function surplusUsers(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  return perSecond * cycleSeconds(users, groups, perSecond) - users.count;
}

/** The rate that needs exactly the users, by bracketed secants; the maximum if they could send more. */
function rateForUsers(users: Users, groups: readonly TaskGroup[], maxPerSecond: number, firstGuessPerSecond: number): number {
  const precision = PRECISION * users.count;
  let lowPerSecond = 0;
  let highPerSecond = maxPerSecond;
  let previousPerSecond = maxPerSecond;
  let previousSurplus = surplusUsers(users, groups, maxPerSecond);
  if (previousSurplus <= precision) return maxPerSecond;
  let perSecond = firstGuessPerSecond > 0 && firstGuessPerSecond < maxPerSecond ? firstGuessPerSecond : maxPerSecond / 2;
  for (let step = 0; step < MAX_SECANT_STEPS; step++) {
    const currentSurplus = surplusUsers(users, groups, perSecond);
    if (Math.abs(currentSurplus) <= precision || highPerSecond - lowPerSecond <= PRECISION * highPerSecond) return perSecond;
    if (currentSurplus < 0) lowPerSecond = perSecond;
    else highPerSecond = perSecond;
    const secant = perSecond - (currentSurplus * (perSecond - previousPerSecond)) / (currentSurplus - previousSurplus);
    previousPerSecond = perSecond;
    previousSurplus = currentSurplus;
    perSecond = secant > lowPerSecond && secant < highPerSecond ? secant : (lowPerSecond + highPerSecond) / 2;
  }
  return perSecond;
}

/**
 * The requests that users send to targets which do not respond, in some seconds. A user who has sent one waits for it, so there are fewer
 * and fewer who can.
 *
 * @param heldShare the share of the requests that these targets get.
 */
export function requestsToHeldTargets(
  { count, thinkSeconds, pacingSeconds }: Users,
  perSecond: number,
  heldShare: number,
  seconds: number,
): number {
  if (count === 0) return 0;
  const responseSeconds = perSecond > 0 ? count / perSecond - thinkSeconds : 0;
  const cycleSeconds = Math.max(thinkSeconds + (1 - heldShare) * responseSeconds, pacingSeconds);
  return count * (1 - Math.exp(-(heldShare * seconds) / cycleSeconds));
}
