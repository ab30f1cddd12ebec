import { AWS_DEFAULTS } from '../../plan/default-plan';
import { type ClosedRate, closedRate, type Users } from './closed-rate';
import type { Stretch } from './open-load';
import type { RequestCounts } from './request-counts';
import type { TaskGroup } from './task-group';

/**
 * How many requests users make in a second, and where they wait.
 *
 * Where they would wait for longer than the idle timeout, all who are sent there give up then: the tasks work as hard as they
 * can, for users who are gone when the answer comes.
 */
export function askedBy(users: Users, groups: readonly TaskGroup[], guess: number): ClosedRate {
  for (const group of groups) group.isOverdue = false;
  for (;;) {
    const rate = closedRate(users, groups, guess);
    const overdue = overdueOf(groups, rate);
    if (overdue === undefined) return rate;
    overdue.isOverdue = true;
  }
}

/** A group at which users would wait for too long, and that is not known for it yet. */
function overdueOf(groups: readonly TaskGroup[], rate: ClosedRate): TaskGroup | undefined {
  for (const group of groups) {
    if (group.isOverdue || group.server === undefined) continue;
    const latency = group.server.meanAt(rate.perSecond * group.shareOfTask) + rate.users.addedSeconds;
    if (latency + waitAt(group, rate) > AWS_DEFAULTS.idleTimeoutSeconds) return group;
  }
  return undefined;
}

/** How long requests wait at a group: all who wait do so at the one that is the bottleneck. */
function waitAt(group: TaskGroup, { bottleneck, waitSeconds }: ClosedRate): number {
  return group === bottleneck ? waitSeconds / group.share : 0;
}

/** Sends what users ask for to tasks that serve them. */
export function sendClosed(group: TaskGroup, asked: ClosedRate, seconds: number, counts: RequestCounts): Stretch {
  const { users, perSecond } = asked;
  const server = group.server!;
  const sent = perSecond * group.shareOfTask * seconds;
  if (group.isOverdue) return failOverdue(group, asked, sent, counts, seconds);
  const others = Math.max(0, users.count - 1) / Math.max(1, users.count);
  const latency = server.latencyAt(others * perSecond * group.shareOfTask);
  const waitSeconds = waitAt(group, asked);
  const inClientSeconds = asked.bottleneck === undefined ? asked.waitSeconds : 0;
  const steady = perSecond * group.shareOfTask * (latency.mean + users.addedSeconds + waitSeconds);
  const { inFlight } = group;
  const served = settleAt(steady, group, sent, server.capacityPerSecond * seconds, counts);
  counts.serve(group.count * served, latency, users.addedSeconds + waitSeconds + inClientSeconds);
  return { worked: group.count * served, answerSeconds: latency.mean + waitSeconds, isSteady: group.inFlight === inFlight };
}

/**
 * Brings what is in flight to where it is going. Users who come add to it, those who leave do so with their answer, and what
 * others have left behind is caught up on. Returns the answers of one task.
 */
function settleAt(steady: number, group: TaskGroup, sent: number, capacity: number, counts: RequestCounts): number {
  const tooFew = Math.max(0, steady - group.inFlight);
  const tooMany = Math.max(0, group.inFlight - steady);
  const left = Math.min(tooMany, sent);
  const caughtUp = Math.min(tooMany - left, Math.max(0, capacity - sent));
  group.inFlight = tooMany === left + caughtUp ? steady : group.inFlight - left - caughtUp;
  counts.send(group.count * (sent + tooFew - left));
  return sent + caughtUp;
}

function failOverdue(group: TaskGroup, { perSecond }: ClosedRate, sent: number, counts: RequestCounts, seconds: number): Stretch {
  const steady = perSecond * group.shareOfTask * AWS_DEFAULTS.idleTimeoutSeconds;
  const { inFlight, count } = group;
  group.inFlight = steady;
  const fewer = Math.max(0, inFlight - steady);
  counts.send(count * (sent + Math.max(0, steady - inFlight)));
  counts.fail('HTTP 504', count * (sent + fewer));
  const worked = count * group.server!.capacityPerSecond * seconds;
  return { worked, answerSeconds: AWS_DEFAULTS.idleTimeoutSeconds, isSteady: steady === inFlight };
}
