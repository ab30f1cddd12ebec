import { type CheckResult, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import type { RequestOutcome, TaskConnection } from './task-connection';
import { stopOf, type TaskStop } from './task-stop';

/** The time in which a request and the end of its connection cross each other, between a load balancer and a task in one zone: a round trip. */
const ROUND_TRIP_MILLIS = 1;

/** The rate of the example, per task. */
const REQUESTS_PER_SECOND = 100;

/** Assesses what the load got when the task was stopped: on connections that were kept, and on new ones. */
export async function closesConnectionsWhenStopped(task: CheckedTask): Promise<CheckResult> {
  const stop = await stopOf(task);
  const lost = stop.outcomes.filter(({ failure }) => failure !== undefined);
  const lostOnKept = lost.filter(({ isOnUsedConnection }) => isOnUsedConnection);
  const refused = refusedText(lost, stop.sentAtMillis, task.stopSignal);
  if (lostOnKept.length > 0) {
    return warning(
      `${lostOnKept.length} of ${stop.outcomes.length} requests were written on a kept connection just when the task closed it: ${lostOnKept[0]!.failure}, HTTP 502. ${howOften()}. ${refused}`,
      task.advice.closeConnections,
    );
  }
  return ok([idleText(stop), refused].filter(Boolean).join('. '));
}

function howOften(): string {
  const perStop = (REQUESTS_PER_SECOND * ROUND_TRIP_MILLIS) / 1000;
  return (
    `How often: a task that gets ${REQUESTS_PER_SECOND} requests per second has ${perStop} of them on the way during ${ROUND_TRIP_MILLIS} ms, ` +
    `so one in ${1 / perStop} stops loses one, if ECS stops the task before it is deregistered, as for Spot or a task stopped by hand`
  );
}

/** Scale-in and deployments deregister a task first, so this is information. */
function refusedText(lost: readonly RequestOutcome[], sentAtMillis: number, signal: string): string {
  const first = lost.find(({ isOnUsedConnection }) => !isOnUsedConnection);
  if (first === undefined) return 'every new connection was served';
  const seconds = Math.max(0, first.endedAtMillis - sentAtMillis) / 1000;
  const what = first.isConnectionRefused ? 'refused' : 'closed without a response';
  return `new connections were ${what} from ${seconds.toFixed(1)} s after ${signal} on; scale-in and deployments deregister a task first`;
}

function idleText({ idleConnection, sentAtMillis }: TaskStop): string {
  if (idleConnection === undefined) return '';
  return `an idle connection was ${idleEffect(idleConnection, sentAtMillis)}`;
}

/** What became of an idle connection after the stop signal. */
export function idleEffect(connection: TaskConnection, sentAtMillis: number): string {
  if (connection.closedAtMillis === undefined) return 'still open';
  if (connection.closedAtMillis < sentAtMillis) return 'closed before';
  return `closed ${((connection.closedAtMillis - sentAtMillis) / 1000).toFixed(1)} s after the signal`;
}
