import { type CheckResult, failed, ok, skipped } from './check-result';
import type { CheckedTask } from './checked-task';
import { MIN_SLOW_SECONDS } from './slow-path';
import { stopOf, type TaskStop } from './task-stop';

/** An exit this soon after the signal waits for nothing. */
const AT_ONCE_SECONDS = 0.3;

/** Sends the stop signal while a slow request is under way, which must get its response. */
export async function completesRequestsWhenStopped(task: CheckedTask): Promise<CheckResult> {
  const stop = await stopOf(task);
  const fix = task.advice.completeRequests;
  const { slowRequest } = stop;
  if (slowRequest === undefined) return assessWithoutSlowRequest(task, stop, fix);
  const { outcome, path, underWaySeconds } = slowRequest;
  const request = `GET ${path}, under way for ${underWaySeconds.toFixed(1)} s at ${task.stopSignal},`;
  const seconds = ((outcome.endedAtMillis - stop.sentAtMillis) / 1000).toFixed(1);
  if (outcome.endedAtMillis < stop.sentAtMillis) return skipped(`not tried: GET ${path} ended before ${task.stopSignal}`);
  if (outcome.failure !== undefined) return failed(`${request} was lost ${seconds} s later: ${outcome.failure}`, fix);
  return outcome.response!.statusCode >= 500
    ? failed(`${request} got ${outcome.response!.statusCode} ${seconds} s later`, fix)
    : ok(`${request} got its response ${seconds} s later`);
}

/** A process that ends at once by the signal itself loses every request, if it has no handler or its server is known not to wait. */
async function assessWithoutSlowRequest(task: CheckedTask, stop: TaskStop, fix: string): Promise<CheckResult> {
  const endsAtOnce = task.exitedAtMillis !== undefined && task.exitedAtMillis - stop.sentAtMillis < 1000 * AT_ONCE_SECONDS;
  const measured = task.knownServer?.measurement;
  const isKnownNotToWait = measured?.completesRequests === false && measured.exit === 'SIGTERM';
  if (endsAtOnce && (await stop.exit).signal === task.stopSignal && (stop.hasSignalHandler === false || isKnownNotToWait)) {
    return failed(`${task.stopSignal} itself ends it at once: every request that is under way is lost`, fix);
  }
  const { slowPath } = task.options;
  return skipped(
    slowPath === undefined
      ? `not tried: no requested path takes more than ${MIN_SLOW_SECONDS} s; name one that does with --slow-path /…`
      : `not tried: ${slowPath} of --slow-path ${task.namedPathResult ?? 'was not requested'}; name a path that takes more than ${MIN_SLOW_SECONDS} s and responds without an error`,
  );
}
