import { AWS_DEFAULTS } from '../../plan/default-plan';
import { REFUSED_PAUSE_SECONDS } from '../../scenario/traffic';
import { MOST_UTILIZATION } from '../tabulated-server';
import type { TaskGroup } from './task-group';

/** The users that are there, and what a request costs them where no task serves it. */
export interface Users {
  readonly count: number;
  readonly thinkSeconds: number;
  /** From the request to the answer that nobody is there. */
  readonly refusedSeconds: number;
  /** What each request that is served waits longer for. */
  readonly addedSeconds: number;
  /** The most requests that the client can make in a second. */
  readonly limitPerSecond: number;
}

/** What users ask for in a second, and how long they wait on top of what the tasks take. */
export interface ClosedRate {
  readonly users: Users;
  readonly perSecond: number;
  /** The wait, averaged over all requests. */
  readonly waitSeconds: number;
  /** The group at which they wait; undefined where they wait inside their client. */
  readonly bottleneck: TaskGroup | undefined;
}

/** A rate that leaves less than this share of the users unaccounted for is the one that is looked for. */
const PRECISION = 1e-10;
const MOST_STEPS = 60;

/**
 * Users who wait for their answer slow themselves down: their rate is the one at which rate × (think time + latency)
 * is their number (Little's law). A request meets the requests of the *other* users only (Schweitzer's approximation of
 * mean value analysis, 1979).
 *
 * @param groups whose tasks answer, or refuse; what is sent to others has been taken out of the shares.
 * @param guess the rate of a moment ago.
 */
export function closedRate(users: Users, groups: readonly TaskGroup[], guess: number): ClosedRate {
  if (users.count <= 0) return { users, perSecond: 0, waitSeconds: 0, bottleneck: undefined };
  const bottleneck = bottleneckOf(groups);
  const most = bottleneck === undefined ? Number.POSITIVE_INFINITY : mostThrough(bottleneck);
  const alone = users.count / cycleSeconds(users, groups, 0);
  const perSecond = rootOf(users, groups, Math.min(most, users.limitPerSecond, alone), guess);
  const waitSeconds = Math.max(0, users.count / perSecond - cycleSeconds(users, groups, perSecond));
  return { users, perSecond, waitSeconds, bottleneck: perSecond >= most ? bottleneck : undefined };
}

/** The rate of all requests at which a group is at its capacity. */
function mostThrough({ server, shareOfTask }: TaskGroup): number {
  return (MOST_UTILIZATION * server!.capacityPerSecond) / shareOfTask;
}

/** The group that is the first at its capacity. One that is overdue answers nobody, so nobody waits for it to do so. */
function bottleneckOf(groups: readonly TaskGroup[]): TaskGroup | undefined {
  let first: TaskGroup | undefined;
  for (const group of groups) {
    const isLimit = group.server !== undefined && !group.isOverdue && group.shareOfTask > 0;
    if (isLimit && (first === undefined || mostThrough(group) < mostThrough(first))) first = group;
  }
  return first;
}

/** From a user's request to the next, on average, where nobody waits for capacity. */
function cycleSeconds(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  const others = Math.max(0, users.count - 1) / users.count;
  let seconds = users.thinkSeconds;
  for (const group of groups) seconds += group.share * latencyIn(group, users, others * perSecond);
  return seconds;
}

function latencyIn(group: TaskGroup, users: Users, perSecond: number): number {
  if (group.server === undefined) return users.refusedSeconds;
  if (group.isOverdue) return AWS_DEFAULTS.idleTimeoutSeconds + REFUSED_PAUSE_SECONDS;
  return group.server.meanAt(perSecond * group.shareOfTask) + users.addedSeconds;
}

/** How many users too many a rate would need; too few where it is below 0. It grows with the rate. */
function surplus(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  return perSecond * cycleSeconds(users, groups, perSecond) - users.count;
}

/** The rate that needs just the users that are there, by secants that never leave the bracket; the most where they could send more. */
function rootOf(users: Users, groups: readonly TaskGroup[], most: number, guess: number): number {
  const precision = PRECISION * users.count;
  let low = 0;
  let high = most;
  let before = most;
  let surplusBefore = surplus(users, groups, most);
  if (surplusBefore <= precision) return most;
  let rate = guess > 0 && guess < most ? guess : most / 2;
  for (let step = 0; step < MOST_STEPS; step++) {
    const value = surplus(users, groups, rate);
    if (Math.abs(value) <= precision || high - low <= PRECISION * high) return rate;
    if (value < 0) low = rate;
    else high = rate;
    const secant = rate - (value * (rate - before)) / (value - surplusBefore);
    before = rate;
    surplusBefore = value;
    rate = secant > low && secant < high ? secant : (low + high) / 2;
  }
  return rate;
}
