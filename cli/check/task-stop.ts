import { setTimeout as delay } from 'node:timers/promises';
import type { TaskExit } from '../../rehearsal/task-runtime/task-runtime';
import type { CheckedTask } from './checked-task';
import { PacedClients } from './paced-clients';
import { handlesSignal } from './signal-handlers';
import { type RequestOutcome, TaskConnection } from './task-connection';

/** How long a request has been under way when the task is stopped, if its path takes long enough. */
const UNDER_WAY_SECONDS = 0.7;

/** A path that takes longer than this is slow enough to be under way when the task is stopped. */
export const MIN_SLOW_SECONDS = 0.3;

const LOAD_BEFORE_STOP_SECONDS = 0.5;

/** A task that is stopped, or loses its Spot capacity, still gets requests for three to five seconds: https://github.com/aws/containers-roadmap/issues/576 */
const LOAD_AFTER_STOP_SECONDS = 3;

/** How long the load goes on once the task has exited. */
const LOAD_AFTER_EXIT_SECONDS = 0.2;

/** What happened around the stop signal: to a slow request, to an idle connection, and to a load with pauses. */
export interface TaskStop {
  readonly sentAtMillis: number;
  readonly exit: Promise<TaskExit>;
  /** Whether the first process of the task had a handler for the signal; undefined if it is not known. */
  readonly hasSignalHandler?: boolean;
  /** The request that was under way; undefined if no path was slow enough. */
  readonly slowRequest?: { readonly path: string; readonly underWaySeconds: number; readonly outcome: RequestOutcome };
  /** Open and without a request at the time of the signal; undefined if the task closes each connection. */
  readonly idleConnection?: TaskConnection;
  /** The requests of the load that ended after the signal was sent. */
  readonly outcomes: readonly RequestOutcome[];
}

/** Sends the stop signal amid a slow request, an idle connection and a load with pauses. The load continues, as if the load balancer had not yet deregistered the task. */
export async function stopTask(task: CheckedTask): Promise<TaskStop> {
  const idleConnection = await openIdleConnection(task);
  await task.findSlowPath();
  const slowRequest = startSlowRequest(task);
  const clients = new PacedClients(task.hostPort, task.options.paths);
  await delay(1000 * (slowRequest?.underWaySeconds ?? LOAD_BEFORE_STOP_SECONDS));
  const hasSignalHandler = handlesSignal(task.handle.processId, task.stopSignal);
  const sentAtMillis = performance.now();
  const exit = task.handle.stop(task.plan.container.stopTimeoutSeconds);
  task.stopSent = { sentAtMillis, exit };
  const hasEnded = new AbortController();
  const exited = exit.then(() => delay(1000 * LOAD_AFTER_EXIT_SECONDS, undefined, { signal: hasEnded.signal }).catch(() => {}));
  await Promise.race([exited, delay(1000 * LOAD_AFTER_STOP_SECONDS, undefined, { signal: hasEnded.signal }).catch(() => {})]);
  hasEnded.abort();
  await clients.close();
  const outcomes = clients.outcomes.filter(({ endedAtMillis }) => endedAtMillis >= sentAtMillis);
  const outcome = await slowRequest?.outcome;
  return {
    sentAtMillis,
    exit,
    hasSignalHandler,
    idleConnection,
    outcomes,
    slowRequest: slowRequest && outcome && { ...slowRequest, outcome },
  };
}

/** A connection that had one response and is idle since; undefined if the task closes it after its response. */
async function openIdleConnection({ hostPort, plan }: CheckedTask): Promise<TaskConnection | undefined> {
  const connection = new TaskConnection(hostPort);
  await connection.request(plan.healthCheck.path, plan.healthCheck.timeoutSeconds);
  if (!connection.announcesClose) return connection;
  connection.close();
  return undefined;
}

function startSlowRequest({ slowPath, hostPort, plan }: CheckedTask) {
  if (slowPath === undefined) return undefined;
  const connection = new TaskConnection(hostPort);
  const outcome = connection.request(slowPath.path, slowPath.seconds + plan.container.stopTimeoutSeconds);
  void outcome.then(() => connection.close());
  return { path: slowPath.path, underWaySeconds: Math.min(UNDER_WAY_SECONDS, slowPath.seconds / 2), outcome };
}
