import { setTimeout as pass } from 'node:timers/promises';
import { refuse } from '../../src/plan/invalid-input';
import { failedCount } from '../../src/scenario/failures';
import type { LoadPoint } from '../../src/scenario/fit-cpu';
import { mean } from '../../src/scenario/mean';
import type { RehearsedTask } from './rehearsed-task';
import { TrafficSender } from './traffic/traffic-sender';

/** Users that keep a task busy without a queue that would take long to empty. More would open more connections at once than a small task takes well. */
const USERS_PER_TASK = 16;

/** At a quarter of a core, a runtime has compiled by then what it does often: after 2 seconds a request was seen to cost a fifth more. */
const WARM_UP_SECONDS = 5;

const SATURATED_SECONDS = 2;

/** The time in which the traffic of one load turns into that of the next. */
const TURN_SECONDS = 0.2;

/** A load under which tasks are watched. */
export interface LoadLevel {
  /** Of the most requests per second that the tasks were seen to answer. */
  readonly share: number;
  /** On the wall clock. */
  readonly seconds: number;
}

/** A load under which tasks were watched, and what they answered with: all of one of them, on average. */
export interface WatchedPoint extends LoadPoint {
  /** The mean. */
  readonly latencySeconds: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  /** As it was in the end. Undefined where nobody knows it. */
  readonly memoryMiB?: number;
}

/** What tasks were seen to do. */
export interface WatchedTasks {
  /** With users that never pause: what one stands, or all that this machine can make where that is less. */
  readonly saturated: WatchedPoint;
  /** From the lowest rate to the highest. */
  readonly points: readonly WatchedPoint[];
}

/** What is watched: tasks behind a load balancer, and the paths that they are asked for. */
export interface Watched {
  readonly tasks: readonly RehearsedTask[];
  readonly url: string;
  readonly paths: readonly string[];
}

/**
 * Keeps tasks busy to find out what they stand, then watches them at shares of that, so that a slow service is
 * measured as well as a fast one.
 *
 * @param onLevel called before each load.
 */
export async function watchTasks(
  { tasks, url, paths }: Watched,
  levels: readonly LoadLevel[],
  onLevel: (share: number) => void = () => {},
): Promise<WatchedTasks> {
  const sender = await TrafficSender.start({ url, paths });
  const users = USERS_PER_TASK * tasks.length;
  try {
    onLevel(1);
    sender.set({ kind: 'users', value: users, thinkSeconds: 0 });
    await pass(WARM_UP_SECONDS * 1000);
    const saturated = await watchFor(tasks, sender, SATURATED_SECONDS);
    const points: WatchedPoint[] = [];
    for (const { share, seconds } of levels) {
      onLevel(share);
      comeAnew(sender, users, USERS_PER_TASK / (share * saturated.requestsPerSecond));
      await pass(TURN_SECONDS * 1000);
      points.push(await watchFor(tasks, sender, seconds));
    }
    return { saturated, points: points.sort((one, other) => one.requestsPerSecond - other.requestsPerSecond) };
  } finally {
    await sender.stop();
  }
}

/** Users who stay would all begin to think at the same moment; those who come are in the middle of it, each somewhere else. */
function comeAnew(sender: TrafficSender, users: number, thinkSeconds: number): void {
  sender.set({ kind: 'users', value: 0, thinkSeconds });
  sender.set({ kind: 'users', value: users, thinkSeconds });
}

async function watchFor(tasks: readonly RehearsedTask[], sender: TrafficSender, seconds: number): Promise<WatchedPoint> {
  sender.takeReading();
  const before = usedBy(tasks);
  await pass(seconds * 1000);
  const reading = sender.takeReading();
  const after = usedBy(tasks);
  refuse([
    ...(failedCount(reading.failures) === 0
      ? []
      : [`a task must answer while it is measured, got ${sender.lastFailure ?? 'a failed request'}`]),
    ...(reading.servedRequests > 0
      ? []
      : [`a task must answer within ${seconds} seconds to be measured, got no answer: give it more CPU or a lighter --path`]),
  ]);
  return {
    requestsPerSecond: reading.servedRequests / reading.seconds / tasks.length,
    cores: (after.cpuSeconds - before.cpuSeconds) / (after.ranSeconds - before.ranSeconds),
    latencySeconds: reading.latencySeconds / reading.servedRequests,
    p50Millis: reading.p50Millis,
    p95Millis: reading.p95Millis,
    memoryMiB: meanMemoryMiB(tasks),
  };
}

function usedBy(tasks: readonly RehearsedTask[]): { readonly cpuSeconds: number; readonly ranSeconds: number } {
  return {
    cpuSeconds: tasks.reduce((sum, task) => sum + task.cpuSeconds, 0),
    ranSeconds: tasks.reduce((sum, task) => sum + task.ranSeconds, 0),
  };
}

function meanMemoryMiB(tasks: readonly RehearsedTask[]): number | undefined {
  const known = tasks.flatMap(({ memoryMiB }) => memoryMiB ?? []);
  return known.length === 0 ? undefined : mean(known);
}
