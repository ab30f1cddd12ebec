import { setTimeout as delay } from 'node:timers/promises';
import { type CheckResult, failed, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { type FailedRequest, LoadClients } from './load-clients';

const LOAD_BEFORE_SIGTERM_SECONDS = 1;

/** A task that is stopped, or loses its Spot capacity, still gets requests for three to five seconds: https://github.com/aws/containers-roadmap/issues/576 */
const LOAD_AFTER_SIGTERM_SECONDS = 3;

/** Sends SIGTERM under load. The load continues, as if the load balancer had not yet deregistered the task. */
export async function completesRequestsWhenStopped(task: CheckedTask): Promise<CheckResult> {
  const clients = new LoadClients(task.hostPort, task.options.paths);
  await delay(LOAD_BEFORE_SIGTERM_SECONDS * 1000);
  const failuresBefore = [...clients.failures];
  const sentAtMillis = performance.now();
  task.sigterm = { sentAtMillis, exit: task.handle.stop(task.plan.container.stopTimeoutSeconds) };
  await delay(LOAD_AFTER_SIGTERM_SECONDS * 1000);
  await clients.close();
  // error responses that the task also sent before SIGTERM are not caused by the stop.
  const failedBeforeStop = failuresBefore.some(({ statusCode }) => statusCode !== undefined);
  const failures = clients.failures.slice(failuresBefore.length).filter(({ statusCode }) => !failedBeforeStop || statusCode === undefined);
  const failedOnceConnected = failures.filter(({ isConnectionRefused }) => !isConnectionRefused);
  if (failedOnceConnected.length > 0)
    return failed(
      `after SIGTERM ${failedOnceConnected.length} requests ${failureText(failedOnceConnected[0]!)}: ${failedOnceConnected[0]!.failure}`,
      FIX,
    );
  if (failures.length > 0) return refusedConnectionsWarning(failures, sentAtMillis);
  return ok(`every request got a response for ${LOAD_AFTER_SIGTERM_SECONDS} s after SIGTERM`);
}

function failureText({ statusCode }: FailedRequest): string {
  return statusCode === undefined ? 'got no response' : 'failed';
}

function refusedConnectionsWarning(refusedRequests: readonly FailedRequest[], sigtermAtMillis: number): CheckResult {
  const afterSeconds = (refusedRequests[0]!.atMillis - sigtermAtMillis) / 1000;
  return warning(
    `requests in flight completed, but ${afterSeconds.toFixed(1)} s after SIGTERM it refused new connections. ` +
      'Scale-in and deployments deregister a task first; a task that is stopped or loses its Spot capacity still gets requests for some seconds',
    FIX,
  );
}

const FIX = 'on SIGTERM keep serving for about 5 s, then call server.close(), and exit in its callback';
