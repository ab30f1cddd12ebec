import { setTimeout as pass } from 'node:timers/promises';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, ok, warning } from './finding';
import { type LostRequest, Users } from './users';

const BEFORE_SECONDS = 1;

/** A task that is stopped, or loses its Spot capacity, gets requests for three to five seconds more: https://github.com/aws/containers-roadmap/issues/576 */
const AFTER_SECONDS = 3;

/** Sends SIGTERM in the middle of a load, which goes on as that of a load balancer does that does not know yet. */
export async function losesNothingWhenStopped(task: CheckedTask): Promise<Finding> {
  const users = new Users(task.port, task.parts.paths);
  await pass(BEFORE_SECONDS * 1000);
  const lostBefore = [...users.lost];
  const atMillis = performance.now();
  task.stop = { atMillis, exit: task.process.stop(task.plan.container.stopTimeoutSeconds) };
  await pass(AFTER_SECONDS * 1000);
  await users.leave();
  // what it fails at all times, it does not lose by being stopped.
  const failsAnyhow = lostBefore.some(({ statusCode }) => statusCode !== undefined);
  const lost = users.lost.slice(lostBefore.length).filter(({ statusCode }) => !failsAnyhow || statusCode === undefined);
  const taken = lost.filter(({ isRefused }) => !isRefused);
  if (taken.length > 0)
    return failed(`after SIGTERM ${taken.length} requests that it had been sent ${fateOf(taken[0]!)}: ${taken[0]!.failure}`, FIX);
  if (lost.length > 0) return refusal(lost, atMillis);
  return ok(`every request was answered, for ${AFTER_SECONDS} s after SIGTERM`);
}

function fateOf({ statusCode }: LostRequest): string {
  return statusCode === undefined ? 'got no answer' : 'failed';
}

function refusal(lost: readonly LostRequest[], atMillis: number): Finding {
  const afterSeconds = (lost[0]!.atMillis - atMillis) / 1000;
  return warning(
    `what it had been sent was answered, but ${afterSeconds.toFixed(1)} s after SIGTERM it refused new connections. ` +
      'Scaling in and deployments let go of a task first; one that is stopped, or loses its Spot capacity, gets requests for some seconds more',
    FIX,
  );
}

const FIX = 'on SIGTERM keep answering for about 5 s, then server.close(), and exit when it has called back';
