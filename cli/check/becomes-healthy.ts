import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import { type CheckedTask, isClientError } from './checked-task';
import { TaskConnection } from './task-connection';

const HEALTH_CHECK_PAUSE_MILLIS = 200;

/** Some servers respond 404 or 401 until they have loaded the application. After so many seconds of 4xx responses the path is wrong. */
const MAX_CLIENT_ERROR_SECONDS = 60;

/** A start that takes more than this share of the grace period here may exceed it on AWS. */
const SAFE_SHARE = 0.7;

/** Waits until the health check passes, for as long as ECS would. */
export async function becomesHealthy(task: CheckedTask): Promise<CheckResult> {
  if (!task.isListening) return skipped('the task does not listen');
  const { failure, isHealthy } = await waitUntilHealthy(task);
  if (!isHealthy) return failed(failure!, await unhealthyFix(task, failure!));
  const graceSeconds = task.plan.deployment.healthCheckGracePeriodSeconds;
  const seconds = task.ageSeconds;
  task.hasBeenHealthy = true;
  task.idleConnection = await openIdleConnection(task);
  task.recognizeServer(task.idleConnection);
  const before = failure === undefined ? '' : `, and until then ${failure}`;
  const after = `after ${seconds.toFixed(1)} s with ${vcpuOf(task.plan.task)} vCPU${before}`;
  const fix = `set healthCheckGracePeriod to ${Math.ceil(2 * seconds)} s: a task on AWS may start more slowly than here`;
  if (seconds > Math.max(graceSeconds, 1))
    return warning(`${after}, but the grace period is ${graceSeconds} s: health checks that fail after it count against the task`, fix);
  return seconds > Math.max(SAFE_SHARE * graceSeconds, 1)
    ? warning(`${after}, most of the grace period of ${graceSeconds} s`, fix)
    : ok(`${after}; the grace period is ${graceSeconds} s, the image pull does not count`);
}

/** A task with several processes may have one that does not respond yet. */
const MAX_OPENED = 3;

/** A connection that had a response, and is idle from then on. */
async function openIdleConnection({ hostPort, plan: { healthCheck } }: CheckedTask): Promise<TaskConnection> {
  for (let opened = 1; ; opened++) {
    const connection = new TaskConnection(hostPort);
    await connection.request(healthCheck.path, healthCheck.timeoutSeconds);
    if (connection.lastResponse !== undefined || opened === MAX_OPENED) return connection;
    connection.close();
  }
}

/** How long a new task may fail its health checks before ECS stops it: its grace period, or the time of as many health checks as make a target unhealthy, whichever is longer. */
export function secondsUntilEcsStopsIt({ deployment, healthCheck }: Plan): number {
  return Math.max(deployment.healthCheckGracePeriodSeconds, healthCheck.unhealthyThresholdCount * healthCheck.intervalSeconds);
}

/** Why the last health check failed, if any did, and whether the task is healthy now. */
interface HealthWait {
  readonly failure?: string;
  readonly isHealthy: boolean;
}

/** Waits until the task is healthy, or will not be. */
async function waitUntilHealthy(task: CheckedTask): Promise<HealthWait> {
  const limitSeconds = secondsUntilEcsStopsIt(task.plan);
  const name = `waiting at most ${limitSeconds} s for GET ${task.plan.healthCheck.path} to respond 200`;
  task.progress = { name };
  const clientErrorPeriod = new ClientErrorPeriod(task.options.isThorough ? limitSeconds : MAX_CLIENT_ERROR_SECONDS);
  let failure: string | undefined;
  while (!task.hasExited && task.ageSeconds < limitSeconds && !clientErrorPeriod.isTooLong(failure, task.ageSeconds)) {
    const latest = await task.healthCheckFailure();
    if (latest === undefined) return { failure, isHealthy: true };
    failure = latest;
    task.progress = { name, latestResult: `last: ${failure}` };
    await delay(HEALTH_CHECK_PAUSE_MILLIS);
  }
  if (task.hasExited) return { failure: `it ${task.exitDescription}`, isHealthy: false };
  return { failure: `${failure ?? 'no health check ran'} for ${task.ageSeconds.toFixed(0)} s`, isHealthy: false };
}

/** How long every health check has got a 4xx response. */
class ClientErrorPeriod {
  private sinceSeconds?: number;

  public constructor(private readonly limitSeconds: number) {}

  public isTooLong(failure: string | undefined, nowSeconds: number): boolean {
    this.sinceSeconds = failure !== undefined && isClientError(failure) ? (this.sinceSeconds ?? nowSeconds) : undefined;
    return this.sinceSeconds !== undefined && nowSeconds - this.sinceSeconds > this.limitSeconds;
  }
}

/** What to do about the response, which is not 200. */
async function unhealthyFix(task: CheckedTask, failure: string): Promise<string> {
  const { path, timeoutSeconds } = task.plan.healthCheck;
  const otherPath = 'set the path of your health check: healthCheck.path, here --set healthCheck.path=/…';
  const status = Number(/ responded (\d+) for/.exec(failure)?.[1] ?? 0);
  if (status === 400)
    return `a health check has the address of the task as its Host header, such as 10.0.1.23: accept that host for GET ${path} (ALLOWED_HOSTS of Django)`;
  if (status === 401 || status === 403)
    return `a health check has no credentials, and the address of the task as its Host header: exempt GET ${path} from both, or ${otherPath}`;
  if (status >= 300 && status < 400) {
    const url = new URL(`http://127.0.0.1:${task.hostPort}${path}`);
    return redirectFix(url, await task.redirectOf(path, timeoutSeconds), otherPath);
  }
  return `respond to GET ${path} with 200 once the task can serve requests, or ${otherPath}`;
}

/**
 * What to do about a health check that is redirected: it follows no redirect, and the load balancer has ended TLS.
 *
 * @param url what was requested of the task.
 * @param location where that leads, as the response says it: a URL, or a path, which may be relative.
 */
export function redirectFix(url: URL, location: string | undefined, otherPath: string): string {
  if (location === undefined || !URL.canParse(location, url.href)) return `a health check follows no redirect: ${otherPath}`;
  const path = pathOf(url);
  const target = new URL(location, url);
  if (/^https:/i.test(location))
    return `a health check is plain HTTP and follows no redirect, here to ${location}: exempt GET ${path} from it; the load balancer redirects clients to HTTPS`;
  return target.host === url.host
    ? `a health check follows no redirect: name the path that it leads to, healthCheck.path, here --set ${shellWord(`healthCheck.path=${pathOf(target)}`)}`
    : `a health check follows no redirect, here to another host, ${location}: exempt GET ${path} from it, or ${otherPath}`;
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

/** Quoted where a shell would read more than a word; a URL has its quotes encoded in its search, and may have them in its path. */
function shellWord(text: string): string {
  return /^[\w./=%~-]+$/.test(text) ? text : `'${text.replaceAll("'", '%27')}'`;
}
