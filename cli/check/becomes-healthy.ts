import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import { type CheckedTask, isClientError } from './checked-task';
import { TaskConnection } from './task-connection';

const HEALTH_CHECK_PAUSE_MILLIS = 200;

/** A health check that got 4xx responses for longer than this will not pass later either. */
const MAX_CLIENT_ERROR_SECONDS = 5;

/** A start that takes more than this share of the grace period here may exceed it on AWS. */
const SAFE_SHARE = 0.7;

/** Waits until the health check passes, for as long as ECS would. */
export async function becomesHealthy(task: CheckedTask): Promise<CheckResult> {
  if (!task.isListening) return skipped('the task does not listen');
  const failure = await waitUntilHealthy(task);
  if (failure !== undefined) return failed(failure, unhealthyFix(task.plan));
  const graceSeconds = task.plan.deployment.healthCheckGracePeriodSeconds;
  const seconds = task.ageSeconds;
  task.hasBeenHealthy = true;
  task.idleConnection = new TaskConnection(task.hostPort);
  await task.idleConnection.request(task.plan.healthCheck.path, task.plan.healthCheck.timeoutSeconds);
  task.recognizeServer(task.idleConnection);
  const after = `after ${seconds.toFixed(1)} s with ${vcpuOf(task.plan.task)} vCPU`;
  const fix = `set healthCheckGracePeriod to ${Math.ceil(2 * seconds)} s: a task on AWS may start more slowly than here`;
  if (seconds > Math.max(graceSeconds, 1))
    return warning(`${after}, but the grace period is ${graceSeconds} s: health checks that fail after it count against the task`, fix);
  return seconds > Math.max(SAFE_SHARE * graceSeconds, 1)
    ? warning(`${after}, most of the grace period of ${graceSeconds} s`, fix)
    : ok(`${after}; the grace period is ${graceSeconds} s, the image pull does not count`);
}

/** How long a new task may fail its health checks before ECS stops it: its grace period, or the time of as many health checks as make a target unhealthy, whichever is longer. */
export function secondsUntilEcsStopsIt({ deployment, healthCheck }: Plan): number {
  return Math.max(deployment.healthCheckGracePeriodSeconds, healthCheck.unhealthyThresholdCount * healthCheck.intervalSeconds);
}

/** Waits until the task is healthy, or will not be. Returns why it is not healthy; undefined if it is. */
async function waitUntilHealthy(task: CheckedTask): Promise<string | undefined> {
  const limitSeconds = secondsUntilEcsStopsIt(task.plan);
  const name = `waiting at most ${limitSeconds} s for GET ${task.plan.healthCheck.path} to respond 200`;
  task.progress = { name };
  const clientErrorPeriod = new ClientErrorPeriod();
  let failure: string | undefined = 'no health check ran';
  while (!task.hasExited && task.ageSeconds < limitSeconds && !clientErrorPeriod.isTooLong(failure, task.ageSeconds)) {
    failure = await task.healthCheckFailure();
    if (failure === undefined) return undefined;
    task.progress = { name, latestResult: `last: ${failure}` };
    await delay(HEALTH_CHECK_PAUSE_MILLIS);
  }
  return task.hasExited ? `it ${task.exitDescription}` : `${failure} for ${task.ageSeconds.toFixed(0)} s`;
}

/** How long every health check has got a 4xx response. */
class ClientErrorPeriod {
  private sinceSeconds?: number;

  public isTooLong(failure: string, nowSeconds: number): boolean {
    this.sinceSeconds = isClientError(failure) ? (this.sinceSeconds ?? nowSeconds) : undefined;
    return this.sinceSeconds !== undefined && nowSeconds - this.sinceSeconds > MAX_CLIENT_ERROR_SECONDS;
  }
}

function unhealthyFix({ healthCheck: { path } }: Plan): string {
  return `respond to GET ${path} with 200 once the task can serve requests, or set the path of your health check: healthCheck.path, here --set healthCheck.path=/…`;
}
