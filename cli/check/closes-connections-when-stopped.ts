import { type CheckResult, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import type { RequestOutcome, TaskConnection } from './task-connection';
import { stopOf, type TaskStop } from './task-stop';

/** The time in which a request and the end of its connection cross each other, between a load balancer and a task in one zone: a round trip. */
const ROUND_TRIP_MILLIS = 1;

/** A request that crosses the end of its connection fails within a round trip; this much later on a busy machine. */
const MAX_CROSSING_MILLIS = 100;

/** The rate of the example, per task. */
const REQUESTS_PER_SECOND = 100;

/** Assesses what the load got when the task was stopped: on connections that were kept, and on new ones. */
export async function closesConnectionsWhenStopped(task: CheckedTask): Promise<CheckResult> {
  return assessClosedConnections(await stopOf(task), task);
}

/** Assesses the requests around a stop. */
export function assessClosedConnections(
  stop: Pick<TaskStop, 'outcomes' | 'sentAtMillis' | 'slowRequest' | 'idleConnection'>,
  task: Pick<CheckedTask, 'advice' | 'stopSignal'>,
): CheckResult {
  const lost = stop.outcomes.filter(({ failure }) => failure !== undefined);
  const underWay = lost.filter(isUnderWay);
  const crossing = lost.filter((outcome) => outcome.isOnUsedConnection && !isUnderWay(outcome));
  const refused = refusedText(
    lost.filter((outcome) => !isUnderWay(outcome)),
    stop.sentAtMillis,
    task.stopSignal,
  );
  const ofAll = (outcomes: readonly RequestOutcome[]): string =>
    `${outcomes.length} of ${stop.outcomes.length} requests ${outcomes.length === 1 ? 'was' : 'were'}`;
  const lostUnderWay = underWay.length === 0 ? '' : `${ofAll(underWay)} under way for longer, and lost: ${underWay[0]!.failure}`;
  if (crossing.length > 0) {
    return warning(
      joined(
        `${ofAll(crossing)} written on a kept connection just when the task closed it: ${crossing[0]!.failure}, HTTP 502`,
        howOften(),
        lostUnderWay,
        refused,
      ),
      task.advice.closeConnections,
    );
  }
  // the check of a slow request has its result of it.
  if (lostUnderWay !== '' && stop.slowRequest === undefined) return warning(joined(lostUnderWay, refused), task.advice.completeRequests);
  return ok(joined(idleText(stop), lostUnderWay, refused));
}

/** Whether a lost request had been with the task for a while: it was not written just when its connection was closed. */
function isUnderWay({ writtenAtMillis, endedAtMillis }: RequestOutcome): boolean {
  return endedAtMillis - writtenAtMillis > MAX_CROSSING_MILLIS;
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('. ');
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

function idleText({ idleConnection, sentAtMillis }: Pick<TaskStop, 'idleConnection' | 'sentAtMillis'>): string {
  if (idleConnection === undefined) return '';
  return `an idle connection was ${idleEffect(idleConnection, sentAtMillis)}`;
}

/** What became of an idle connection after the stop signal. */
export function idleEffect(connection: TaskConnection, sentAtMillis: number): string {
  if (connection.closedAtMillis === undefined) return 'still open';
  if (connection.closedAtMillis < sentAtMillis) return 'closed before';
  return `closed ${((connection.closedAtMillis - sentAtMillis) / 1000).toFixed(1)} s after the signal`;
}
