import { setTimeout as delay } from 'node:timers/promises';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import type { IdleConnection } from './idle-connection';

/** Longer than the most common keep-alive timeout: Node closes an idle connection after 5 seconds. */
const MIN_IDLE_SECONDS = 8;

const POLL_MILLIS = 100;

/** By how much the keep-alive timeout of a task should exceed the idle timeout of the load balancer. */
const MARGIN_SECONDS = 5;

/** Waits to see whether the task closes the connection that has been idle since the task became healthy. */
export async function keepsIdleConnections(task: CheckedTask): Promise<CheckResult> {
  const { idleConnection } = task;
  if (idleConnection === undefined) return skipped('no connection could be opened');
  const idleTimeoutSeconds = task.plan.idleTimeoutSeconds ?? AWS_DEFAULTS.idleTimeoutSeconds;
  const waitSeconds = task.options.isThorough ? idleTimeoutSeconds + 1 : MIN_IDLE_SECONDS;
  while (!idleConnection.isClosed && idleConnection.idleSeconds < waitSeconds) await delay(POLL_MILLIS);
  const result = assessConnection(idleConnection, idleTimeoutSeconds);
  idleConnection.close();
  return result;
}

function assessConnection(connection: IdleConnection, idleTimeoutSeconds: number): CheckResult {
  const { keepAliveSeconds, isClosed, idleSeconds } = connection;
  const idle = `${idleSeconds.toFixed(1)} s`;
  if (connection.hasConnectionClose) {
    return warning(
      'it closes the connection after each response: every request needs a new connection',
      'keep connections alive: do not send Connection: close',
    );
  }
  const badGateway = `, but the load balancer keeps it open for ${idleTimeoutSeconds} s: a request that arrives while the task closes gets HTTP 502`;
  const fix = `set server.keepAliveTimeout above ${idleTimeoutSeconds} s, such as ${idleTimeoutSeconds + MARGIN_SECONDS}_000`;
  if (isClosed && idleSeconds < idleTimeoutSeconds) return failed(`it closed an idle connection after ${idle}${badGateway}`, fix);
  if (keepAliveSeconds !== undefined && keepAliveSeconds <= idleTimeoutSeconds && idleSeconds <= idleTimeoutSeconds) {
    return failed(`it sends Keep-Alive: timeout=${keepAliveSeconds}${badGateway}`, fix);
  }
  if (idleSeconds > idleTimeoutSeconds)
    return ok(`an idle connection stayed open for ${idle}, longer than the idle timeout of the load balancer`);
  if (keepAliveSeconds !== undefined)
    return ok(`it sends Keep-Alive: timeout=${keepAliveSeconds}, and an idle connection stayed open for ${idle}`);
  return warning(
    `an idle connection stayed open for ${idle}, and no Keep-Alive header promises more`,
    `run with --thorough, which waits for ${idleTimeoutSeconds} s`,
  );
}
