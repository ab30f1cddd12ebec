import { setTimeout as pass } from 'node:timers/promises';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok, warning } from './finding';
import type { HeldConnection } from './held-connection';

/** Long enough to see the end that is most common: Node closes after 5 seconds. */
const LEAST_IDLE_SECONDS = 8;

const PAUSE_MILLIS = 100;

/** By how much a task should keep its connections longer than the load balancer. */
const MARGIN_SECONDS = 5;

/** Looks after the connection that has been idle since the task was healthy. */
export async function keepsConnections(task: CheckedTask): Promise<Finding> {
  const { held } = task;
  if (held === undefined) return notTried('no connection could be opened');
  const idleTimeoutSeconds = task.plan.idleTimeoutSeconds ?? AWS_DEFAULTS.idleTimeoutSeconds;
  const waitSeconds = task.parts.isThorough ? idleTimeoutSeconds + 1 : LEAST_IDLE_SECONDS;
  while (!held.isClosed && held.idleSeconds < waitSeconds) await pass(PAUSE_MILLIS);
  const finding = judge(held, idleTimeoutSeconds);
  held.close();
  return finding;
}

function judge(held: HeldConnection, idleTimeoutSeconds: number): Finding {
  const { promisedSeconds, isClosed } = held;
  const idle = `${held.idleSeconds.toFixed(1)} s`;
  if (held.isRefused) {
    return warning(
      'it closes each connection after one answer: every request pays for a new one',
      'leave keep-alive on: no Connection: close',
    );
  }
  const badGateway =
    `, and the load balancer keeps one for ${idleTimeoutSeconds} s: ` +
    'a connection that the task closes first, just as a request comes, is a 502';
  const fix = `set server.keepAliveTimeout above ${idleTimeoutSeconds} s, such as ${idleTimeoutSeconds + MARGIN_SECONDS}_000`;
  if (isClosed && held.idleSeconds < idleTimeoutSeconds) return failed(`it closed an idle connection after ${idle}${badGateway}`, fix);
  if (promisedSeconds !== undefined && promisedSeconds <= idleTimeoutSeconds && held.idleSeconds <= idleTimeoutSeconds) {
    return failed(`its header says Keep-Alive: timeout=${promisedSeconds}${badGateway}`, fix);
  }
  if (held.idleSeconds > idleTimeoutSeconds) return ok(`an idle connection was open for ${idle}: proven`);
  if (promisedSeconds !== undefined) return ok(`its header says timeout=${promisedSeconds}, and an idle connection was open for ${idle}`);
  return warning(
    `an idle connection was open for ${idle}, and no Keep-Alive header says for how long it will be: more was not proven`,
    `run with --thorough, which waits for ${idleTimeoutSeconds} s`,
  );
}
