import { setTimeout as pass } from 'node:timers/promises';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, ok, warning } from './finding';
import { Users } from './users';

const WATCH_SECONDS = 4;
const PAUSE_MILLIS = 250;

/** Slower than this share of its timeout, and a somewhat larger load makes a health check fail. */
const SLOW_SHARE = 0.5;

/** Asks for the health of the task while users keep it busy. */
export async function answersHealthUnderLoad(task: CheckedTask): Promise<Finding> {
  const users = new Users(task.port, task.parts.paths);
  const { checks, failures, slowestSeconds } = await watch(task);
  await users.leave();
  const { timeoutSeconds, path } = task.plan.healthCheck;
  const load = `under ${(users.answered / WATCH_SECONDS).toFixed(0)} requests per second`;
  // that a task has died is said of every check alike, with its last words.
  if (failures.length > 0 && !(await task.hasDied())) {
    return failed(
      `${failures.length} of ${checks} checks failed ${load}: ${failures[0]}; ECS replaces such a task, and the others get its load`,
      `answer ${path} without waiting for the requests: no queue, no database, no lock`,
    );
  }
  const slowest = `the slowest of ${checks} checks took ${slowestSeconds.toFixed(2)} s of ${timeoutSeconds} ${load}`;
  return slowestSeconds > SLOW_SHARE * timeoutSeconds
    ? warning(slowest, `answer ${path} before requests that wait, or raise healthCheck.timeout and healthCheck.interval`)
    : ok(slowest);
}

async function watch(task: CheckedTask) {
  const until = performance.now() + WATCH_SECONDS * 1000;
  const failures: string[] = [];
  let [checks, slowestSeconds] = [0, 0];
  while (performance.now() < until && !task.hasEnded) {
    const before = performance.now();
    const failure = await task.healthFailure();
    checks += 1;
    if (failure !== undefined) failures.push(failure);
    slowestSeconds = Math.max(slowestSeconds, (performance.now() - before) / 1000);
    await pass(PAUSE_MILLIS);
  }
  return { checks, failures, slowestSeconds };
}
