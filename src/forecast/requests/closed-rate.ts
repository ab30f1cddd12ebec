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
  readonly perSecond: number;
  /** The wait, averaged over all requests. */
  readonly waitSeconds: number;
  /** The group at which they wait; undefined where they wait inside their client. */
  readonly bottleneck: TaskGroup | undefined;
}

/** A rate that leaves less than this share of the users unaccounted for is the one that is looked for. */
const PRECISION = 1e-11;
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
  if (users.count <= 0) return { perSecond: 0, waitSeconds: 0, bottleneck: undefined };
  const bottleneck = bottleneckOf(groups);
  const most = bottleneck === undefined ? Number.POSITIVE_INFINITY : mostThrough(bottleneck);
  const cycle = (perSecond: number): number => users.thinkSeconds + latencyOf(users, groups, perSecond);
  const highest = Math.min(most, users.limitPerSecond, users.count / cycle(0));
  const perSecond = rootOf((rate) => rate * cycle(rate) - users.count, highest, guess, PRECISION * users.count);
  const waitSeconds = Math.max(0, users.count / perSecond - cycle(perSecond));
  return { perSecond, waitSeconds, bottleneck: perSecond >= most ? bottleneck : undefined };
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

/** The mean latency of all requests, where nobody waits for capacity. */
function latencyOf(users: Users, groups: readonly TaskGroup[], perSecond: number): number {
  const others = Math.max(0, users.count - 1) / users.count;
  let mean = 0;
  for (const group of groups) mean += group.share * latencyIn(group, users, others * perSecond);
  return mean;
}

function latencyIn(group: TaskGroup, users: Users, perSecond: number): number {
  if (group.server === undefined) return users.refusedSeconds;
  if (group.isOverdue) return AWS_DEFAULTS.idleTimeoutSeconds + REFUSED_PAUSE_SECONDS;
  return group.server.meanAt(perSecond * group.shareOfTask) + users.addedSeconds;
}

/** Where a growing function that starts below 0 reaches it, by secants that never leave the bracket; the most where it does not. */
function rootOf(growing: (rate: number) => number, most: number, guess: number, precision: number): number {
  let [low, high] = [0, most];
  let [before, valueBefore] = [most, growing(most)];
  if (valueBefore <= precision) return most;
  let rate = guess > low && guess < high ? guess : high / 2;
  for (let step = 0; step < MOST_STEPS; step++) {
    const value = growing(rate);
    if (Math.abs(value) <= precision || high - low <= PRECISION * high) return rate;
    if (value < 0) low = rate;
    else high = rate;
    const secant = rate - (value * (rate - before)) / (value - valueBefore);
    [before, valueBefore] = [rate, value];
    rate = secant > low && secant < high ? secant : (low + high) / 2;
  }
  return rate;
}
