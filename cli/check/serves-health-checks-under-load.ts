import { setTimeout as delay } from 'node:timers/promises';
import { type CheckResult, failed, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { LoadClients } from './load-clients';

const LOAD_SECONDS = 4;
const PAUSE_MILLIS = 250;

/** A health check slower than this share of its timeout fails at a somewhat higher load. */
const SLOW_SHARE = 0.5;

/** Sends health checks while clients keep the task busy. */
export async function servesHealthChecksUnderLoad(task: CheckedTask): Promise<CheckResult> {
  const clients = new LoadClients(task.hostPort, task.options.paths);
  const { checks, failures, slowestSeconds } = await sendHealthChecks(task);
  await clients.close();
  const { timeoutSeconds, path } = task.plan.healthCheck;
  const load = `under ${(clients.servedCount / LOAD_SECONDS).toFixed(0)} requests per second`;
  // the end of a task is reported in the same way for all checks.
  if (failures.length > 0 && !(await task.waitForExit())) {
    return failed(
      `${failures.length} of ${checks} health checks failed ${load}: ${failures[0]}; ECS replaces such a task, and the others get its load`,
      `respond to ${path} independently of other requests: no queue, no database, no lock`,
    );
  }
  const slowest = `the slowest of ${checks} health checks took ${slowestSeconds.toFixed(2)} s ${load}; the timeout is ${timeoutSeconds} s`;
  return slowestSeconds > SLOW_SHARE * timeoutSeconds
    ? warning(slowest, `respond to ${path} before requests that wait, or raise healthCheck.timeout and healthCheck.interval`)
    : ok(slowest);
}

async function sendHealthChecks(task: CheckedTask) {
  const endsAtMillis = performance.now() + LOAD_SECONDS * 1000;
  const failures: string[] = [];
  let [checks, slowestSeconds] = [0, 0];
  while (performance.now() < endsAtMillis && !task.hasExited) {
    const sentAtMillis = performance.now();
    const failure = await task.healthCheckFailure();
    checks += 1;
    if (failure !== undefined) failures.push(failure);
    slowestSeconds = Math.max(slowestSeconds, (performance.now() - sentAtMillis) / 1000);
    await delay(PAUSE_MILLIS);
  }
  return { checks, failures, slowestSeconds };
}
