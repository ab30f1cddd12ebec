import { setTimeout as delay } from 'node:timers/promises';
import { formatExit } from '../../rehearsal/task-runtime/task-runtime';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';

/** The part of its start after which the second copy gets the signal. */
const START_SHARE = 0.6;

/** How long the second copy may take to exit, beyond the time that its start takes. */
const MAX_EXIT_SECONDS = 5;

/** Starts a second copy of the task, and sends the stop signal before it listens: a deployment that is rolled back does that. */
export async function stopsWhileStarting(task: CheckedTask): Promise<CheckResult> {
  if (task.listensAfterSeconds === undefined) return skipped('the task never listened');
  const startSeconds = START_SHARE * task.listensAfterSeconds;
  const copy = await task.startCopy();
  await Promise.race([copy.exited, delay(1000 * startSeconds)]);
  const sentAtMillis = performance.now();
  const limitSeconds = Math.min(task.plan.container.stopTimeoutSeconds, task.listensAfterSeconds + MAX_EXIT_SECONDS);
  const exit = await copy.stop(limitSeconds);
  const seconds = (performance.now() - sentAtMillis) / 1000;
  const when = `${task.stopSignal} ${startSeconds.toFixed(1)} s after its start`;
  if (exit.signal === 'SIGKILL' && seconds >= limitSeconds) {
    const result = limitSeconds < task.plan.container.stopTimeoutSeconds ? warning : failed;
    return result(`${when} was lost: it still ran ${limitSeconds.toFixed(0)} s later`, task.advice.exit);
  }
  return ok(`${when} ended it with ${formatExit(exit)} after ${seconds.toFixed(1)} s`);
}
