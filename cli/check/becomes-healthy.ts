import { setTimeout as pass } from 'node:timers/promises';
import type { Plan } from '../../src/plan/plan';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok, warning } from './finding';
import { HeldConnection } from './held-connection';

const PAUSE_MILLIS = 200;

/** A task that says for so long that there is no such page will not think better of it. */
const PATIENCE_SECONDS = 5;

/** Waits for the health check to pass, for as long as ECS would. */
export async function becomesHealthy(task: CheckedTask): Promise<Finding> {
  if (!task.isListening) return notTried('the task does not listen');
  const failure = await untilHealthy(task);
  if (failure !== undefined) return failed(failure, unhealthyFix(task.plan));
  const grace = task.plan.deployment.healthCheckGracePeriodSeconds;
  const seconds = task.age;
  task.isServing = true;
  task.held = await HeldConnection.open(task.port, task.plan.healthCheck.path);
  return seconds <= Math.max(grace, 1)
    ? ok(`after ${seconds.toFixed(1)} s of ${grace}; the pull of the image does not count`)
    : warning(
        `after ${seconds.toFixed(1)} s, and the grace period is ${grace} s: checks that fail before count against the task`,
        `set healthCheckGracePeriod to ${Math.ceil(2 * seconds)} s: a task on AWS may start slower than here`,
      );
}

/** How long ECS lets a new task fail: its grace period, or the health checks that make a target unhealthy, whichever is longer. */
export function startLimitSeconds({ deployment, healthCheck }: Plan): number {
  return Math.max(deployment.healthCheckGracePeriodSeconds, healthCheck.unhealthyThresholdCount * healthCheck.intervalSeconds);
}

/** Says why the task is not healthy, or nothing where it is. */
async function untilHealthy(task: CheckedTask): Promise<string | undefined> {
  const patience = new Patience();
  let failure: string | undefined = 'it was never asked';
  while (!task.hasEnded && task.age < startLimitSeconds(task.plan) && !patience.isOver(failure, task.age)) {
    failure = await task.healthFailure();
    if (failure === undefined) return undefined;
    await pass(PAUSE_MILLIS);
  }
  return task.hasEnded ? `it ${task.endInWords}` : `${failure} for ${task.age.toFixed(0)} s`;
}

/** Ends when the task has refused for so long that it will not think better of it. */
class Patience {
  private refusedSince?: number;

  public isOver(failure: string, nowSeconds: number): boolean {
    this.refusedSince = / answered 4\d\d$/.test(failure) ? (this.refusedSince ?? nowSeconds) : undefined;
    return this.refusedSince !== undefined && nowSeconds - this.refusedSince > PATIENCE_SECONDS;
  }
}

function unhealthyFix({ healthCheck: { path } }: Plan): string {
  return `answer GET ${path} with 200 as soon as requests can be served, or name the path that does: healthCheck.path, here --set healthCheck.path=/…`;
}
