import { setTimeout as delay } from 'node:timers/promises';
import { idleTimeoutOf } from '../../src/plan/service-plan';
import { MIN_KEEP_ALIVE_MARGIN_SECONDS } from '../../src/servers/keep-alive-margin';
import { idleSecondsOf } from '../../src/servers/known-server';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import type { TaskConnection } from './task-connection';

/** Longer than the most common keep-alive timeouts, which are 5 seconds. */
const MIN_IDLE_SECONDS = 8;

const POLL_MILLIS = 100;

/** A connection that was open for a shorter time was closed with its response. */
const AT_ONCE_SECONDS = 0.5;

/** Waits to see whether the task closes the connection that has been idle since the task became healthy. */
export async function keepsIdleConnections(task: CheckedTask): Promise<CheckResult> {
  const { idleConnection } = task;
  if (idleConnection?.lastResponse === undefined) return skipped('no connection could be opened');
  const requiredSeconds = idleTimeoutOf(task.plan) + MIN_KEEP_ALIVE_MARGIN_SECONDS;
  const waitSeconds = task.options.isThorough ? requiredSeconds : MIN_IDLE_SECONDS;
  task.progress = { name: `waiting until a connection has been idle for ${waitSeconds} s` };
  while (!idleConnection.isClosed && idleConnection.idleSeconds < waitSeconds) await delay(POLL_MILLIS);
  const result = idleConnection.announcesClose ? assessEachClosed(task, idleConnection) : assessIdle(task, idleConnection, requiredSeconds);
  idleConnection.close();
  return result;
}

/** A connection that ends with its response is no race: the load balancer expects it. */
function assessEachClosed({ advice }: CheckedTask, connection: TaskConnection): CheckResult {
  const reason = 'it closes each connection after one response';
  if (connection.httpVersion === 'HTTP/1.0')
    return warning(`${reason}, as HTTP/1.0 does: every request needs a new connection`, advice.persistentConnections.ofVersion);
  return saysClose(connection.header('connection'))
    ? warning(`${reason}: every request needs a new connection`, advice.persistentConnections.ofHeader)
    : warning(
        `${reason}, which has neither a length nor chunks: every request needs a new connection`,
        advice.persistentConnections.ofLength,
      );
}

/** Whether `close` is in the list of a `Connection` header. */
function saysClose(header = ''): boolean {
  return header.split(',').some((option) => option.trim().toLowerCase() === 'close');
}

function assessIdle(task: CheckedTask, connection: TaskConnection, requiredSeconds: number): CheckResult {
  const { keepAliveSeconds, isClosed, idleSeconds } = connection;
  const { advice, plan } = task;
  const idle = `${idleSeconds.toFixed(1)} s`;
  const race = `the load balancer keeps it open for ${idleTimeoutOf(plan)} s: a request that arrives while the task closes gets HTTP 502`;
  const announced = keepAliveSeconds === undefined ? '' : `, and its Keep-Alive header says ${keepAliveSeconds} s`;
  if (isClosed && idleSeconds < AT_ONCE_SECONDS)
    return failed(`it closes each connection after one response, without announcing it by Connection: close; ${race}`, advice.keepAlive);
  if (isClosed && idleSeconds < requiredSeconds)
    return failed(`it closed an idle connection after ${idle}${announced}; ${race}`, advice.keepAlive);
  if (keepAliveSeconds !== undefined && keepAliveSeconds < requiredSeconds)
    return failed(
      `its Keep-Alive header says ${keepAliveSeconds} s, and an idle connection was open for ${idle}; ${race}`,
      advice.keepAlive,
    );
  const open = `an idle connection was open for ${idle}${announced}`;
  if (idleSeconds >= requiredSeconds) return ok(`${open}: longer than the ${idleTimeoutOf(plan)} s of the load balancer`);
  return keepAliveSeconds === undefined ? assessByTable(task, open, requiredSeconds) : ok(open);
}

/** What the table of known servers adds to a wait that was too short to prove anything. */
function assessByTable({ knownServer, advice }: CheckedTask, open: string, requiredSeconds: number): CheckResult {
  const wait = `run with --thorough, which waits for ${requiredSeconds} s`;
  const measured = knownServer?.measurement;
  if (measured === undefined) return warning(`${open}, and no Keep-Alive header promises more`, wait);
  const { name } = knownServer!.server;
  const defaultSeconds = idleSecondsOf(measured);
  if (defaultSeconds >= requiredSeconds)
    return ok(`${open}; by default ${name} keeps it for ${measured.idleSeconds === 'over 80' ? 'over 80' : defaultSeconds} s`);
  if (defaultSeconds < MIN_IDLE_SECONDS)
    return warning(`${open}, longer than the ${defaultSeconds} s that are the default of ${name}`, wait);
  return warning(
    `${open}, which proves nothing: by default ${name} closes it after ${defaultSeconds} s, too early`,
    `${advice.keepAlive}; then ${wait}`,
  );
}
