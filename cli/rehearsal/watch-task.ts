import { setTimeout as pass } from 'node:timers/promises';
import { refuse } from '../../src/plan/invalid-input';
import { failedCount } from '../../src/scenario/failures';
import type { LoadPoint } from '../../src/scenario/fit-cpu';
import type { RehearsedTask } from './rehearsed-task';
import { TrafficSender } from './traffic/traffic-sender';

/** Users that keep a task busy without a queue that would take long to empty. More would open more connections at once than a small task takes well. */
export const USERS = 16;

/** At a quarter of a core, a runtime has compiled by then what it does often: after 2 seconds a request was seen to cost a fifth more. */
const WARM_UP_SECONDS = 5;

const SATURATED_SECONDS = 2;

/** The time in which the traffic of one load turns into that of the next. */
const TURN_SECONDS = 0.2;

/** A load under which a task is watched. */
export interface LoadLevel {
  /** Of the most requests per second that the task was seen to answer. */
  readonly share: number;
  /** On the wall clock. */
  readonly seconds: number;
}

/** A load under which the task was watched, and what it answered with. */
export interface WatchedPoint extends LoadPoint {
  /** The mean. */
  readonly latencySeconds: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  /** As it was in the end. */
  readonly memoryMiB?: number;
}

/** What a task was seen to do. */
export interface WatchedTask {
  /** With users that never pause: what it stands, or all that this machine can make where that is less. */
  readonly saturated: WatchedPoint;
  /** From the lowest rate to the highest. */
  readonly points: readonly WatchedPoint[];
}

/** What is watched: a task behind a load balancer, and the paths that it is asked for. */
export interface Watched {
  readonly task: RehearsedTask;
  readonly url: string;
  readonly paths: readonly string[];
}

/**
 * Keeps a task busy to find out what it stands, then watches it at shares of that, so that a slow service is
 * measured as well as a fast one.
 *
 * @param onLevel called before each load.
 */
export async function watchTask(
  { task, url, paths }: Watched,
  levels: readonly LoadLevel[],
  onLevel: (share: number) => void = () => {},
): Promise<WatchedTask> {
  const sender = await TrafficSender.start({ url, paths });
  try {
    onLevel(1);
    sender.set({ kind: 'users', value: USERS, thinkSeconds: 0 });
    await pass(WARM_UP_SECONDS * 1000);
    const saturated = await watchFor(task, sender, SATURATED_SECONDS);
    const points: WatchedPoint[] = [];
    for (const { share, seconds } of levels) {
      onLevel(share);
      comeAnew(sender, USERS / (share * saturated.requestsPerSecond));
      await pass(TURN_SECONDS * 1000);
      points.push(await watchFor(task, sender, seconds));
    }
    return { saturated, points: points.sort((one, other) => one.requestsPerSecond - other.requestsPerSecond) };
  } finally {
    await sender.stop();
  }
}

/** Users who stay would all begin to think at the same moment; those who come are in the middle of it, each somewhere else. */
function comeAnew(sender: TrafficSender, thinkSeconds: number): void {
  sender.set({ kind: 'users', value: 0, thinkSeconds });
  sender.set({ kind: 'users', value: USERS, thinkSeconds });
}

async function watchFor(task: RehearsedTask, sender: TrafficSender, seconds: number): Promise<WatchedPoint> {
  sender.takeReading();
  const before = { cpuSeconds: task.cpuSeconds, ranSeconds: task.ranSeconds };
  await pass(seconds * 1000);
  const reading = sender.takeReading();
  const after = { cpuSeconds: task.cpuSeconds, ranSeconds: task.ranSeconds };
  refuse([
    ...(failedCount(reading.failures) === 0
      ? []
      : [`a task must answer while it is measured, got ${sender.lastFailure ?? 'a failed request'}`]),
    ...(reading.servedRequests > 0
      ? []
      : [`a task must answer within ${seconds} seconds to be measured, got no answer: give it more CPU or a lighter --path`]),
  ]);
  return {
    requestsPerSecond: reading.servedRequests / reading.seconds,
    cores: (after.cpuSeconds - before.cpuSeconds) / (after.ranSeconds - before.ranSeconds),
    latencySeconds: reading.latencySeconds / reading.servedRequests,
    p50Millis: reading.p50Millis,
    p95Millis: reading.p95Millis,
    memoryMiB: task.memoryMiB,
  };
}
