import { formatExit } from '../../rehearsal/task-runtime/task-runtime';
import { type CheckResult, failed, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { idleEffect } from './closes-connections-when-stopped';
import { OUT_OF_MEMORY_FIX } from './keeps-memory-stable';
import { stopOf } from './task-stop';

/** A task that needs more than this share of its stop timeout here may be slower, and so killed, on AWS. */
const LATE_SHARE = 0.8;

/** Programs that start another one and do not pass signals on. */
const SHELLS: readonly string[] = ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'npm', 'yarn', 'pnpm'];

/** Waits for the end of a task that got its stop signal. */
export async function exitsWithinStopTimeout(task: CheckedTask): Promise<CheckResult> {
  const { exit: exited, sentAtMillis, idleConnection } = await stopOf(task);
  const exit = await exited;
  const limitSeconds = task.plan.container.stopTimeoutSeconds;
  const seconds = ((task.exitedAtMillis ?? performance.now()) - sentAtMillis) / 1000;
  if (exit.isOutOfMemory) return failed(`it exceeded its memory limit ${seconds.toFixed(1)} s after ${task.stopSignal}`, OUT_OF_MEMORY_FIX);
  const idle = idleConnection === undefined ? '' : `, with an idle connection that was ${idleEffect(idleConnection, sentAtMillis)}`;
  if (exit.signal === 'SIGKILL' && seconds >= limitSeconds) {
    return failed(`it still ran ${limitSeconds} s after ${task.stopSignal}, and was ended by SIGKILL`, stillRunningFix(task));
  }
  const exitText = `with ${formatExit(exit)}, ${seconds.toFixed(1)} s after ${task.stopSignal}${idle}; the stop timeout is ${limitSeconds} s`;
  return seconds > LATE_SHARE * limitSeconds
    ? warning(exitText, 'raise stopTimeout (at most 120 s on Fargate), or exit sooner')
    : ok(exitText);
}

function stillRunningFix({ firstProgram, stopSignal, advice }: CheckedTask): string {
  if (firstProgram === undefined || !SHELLS.includes(firstProgram)) return advice.exit;
  return `${firstProgram} starts the server here, and does not pass ${stopSignal} on: write CMD ["program", "argument"] in the Dockerfile, or exec before the program in the script`;
}
