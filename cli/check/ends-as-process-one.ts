import { setTimeout as delay } from 'node:timers/promises';
import { permitsProcessNamespaces } from '../../rehearsal/task-runtime/process/process-namespace';
import { waitUntilListening } from '../../rehearsal/task-runtime/process/process-runtime';
import { formatExit, type TaskExit } from '../../rehearsal/task-runtime/task-runtime';
import { type CheckResult, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { stopOf } from './task-stop';

/** How much longer the copy may take to exit than the task itself. */
const EXTRA_SECONDS = 4;

/** How much longer the copy may take to listen than the task itself. */
const TIMES_START = 3;
const MIN_SETTLE_SECONDS = 0.7;

/** The part of its start that it is given to install its handlers, after it listens. */
const SETTLE_SHARE = 0.5;
const MIN_START_SECONDS = 5;

/** Runs a copy of the task as process 1 of a PID namespace, as in a container without an init process, and sends it the stop signal. */
export async function endsAsProcessOne(task: CheckedTask): Promise<CheckResult> {
  const { stopSignal, plan } = task;
  const { initProcessEnabled } = task.options.image;
  if (task.isContainer) return skipped('the container was stopped with the init process that its definition sets, or without one');
  if (initProcessEnabled === true) return ok(`the task definition has an init process, which passes ${stopSignal} on`);
  const { exit: exited, sentAtMillis } = await stopOf(task);
  const exit = await exited;
  const exitSeconds = ((task.exitedAtMillis ?? performance.now()) - sentAtMillis) / 1000;
  if (exit.signal === 'SIGKILL') return skipped(`it does not end by ${stopSignal} in any case`);
  if (!(await permitsProcessNamespaces())) return skipped('this machine permits no PID namespaces');
  const exitAsProcessOne = await stopProcessOne(task, exitSeconds + EXTRA_SECONDS);
  if (exitAsProcessOne === undefined) return skipped('a copy of it as process 1 of a PID namespace did not listen');
  if (exitAsProcessOne.signal !== 'SIGKILL')
    return ok(`as process 1 of a container it ends by ${stopSignal} with ${formatExit(exitAsProcessOne)}`);
  const ignored = `as process 1 of a container it ignores ${stopSignal}, since it does not handle it and the kernel drops such a signal`;
  if (initProcessEnabled === undefined) return ok(`${ignored}; it needs the init process that the construct adds by default`);
  return warning(
    `${ignored}: it would be killed at the stop timeout, after ${plan.container.stopTimeoutSeconds} s`,
    `set initProcessEnabled: true (linuxParameters.initProcessEnabled of the task definition), or handle ${stopSignal}`,
  );
}

/** How the copy exited within the limit, with SIGKILL if it did not; undefined if it never listened. */
async function stopProcessOne(task: CheckedTask, limitSeconds: number): Promise<TaskExit | undefined> {
  const copy = await task.startCopy({ isProcessOne: true });
  const startSeconds = Math.max(MIN_START_SECONDS, TIMES_START * (task.listensAfterSeconds ?? 0));
  const waitEnd = new AbortController();
  const isListening = await Promise.race([
    waitUntilListening(copy.port, waitEnd.signal).then(() => true),
    copy.exited.then(() => false),
    delay(1000 * startSeconds, false, { signal: waitEnd.signal }).catch(() => false),
  ]);
  waitEnd.abort();
  // some servers listen before they have installed their handlers.
  if (isListening) await delay(1000 * Math.max(MIN_SETTLE_SECONDS, SETTLE_SHARE * (task.listensAfterSeconds ?? 0)));
  const exit = await copy.stop(isListening ? limitSeconds : 0);
  return isListening ? exit : undefined;
}
