import { formatExit } from '../../rehearsal/task-runtime/task-runtime';
import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { OUT_OF_MEMORY_FIX } from './keeps-memory-stable';

/** A task that needs more than this share of its stop timeout here may be slower, and so killed, on AWS. */
const LATE_SHARE = 0.8;

/** Waits for the end of a task that got SIGTERM. */
export async function exitsWithinStopTimeout(task: CheckedTask): Promise<CheckResult> {
  if (task.sigterm === undefined) return skipped('no SIGTERM was sent to the task');
  const exit = await task.sigterm.exit;
  const limitSeconds = task.plan.container.stopTimeoutSeconds;
  const seconds = ((task.exitedAtMillis ?? performance.now()) - task.sigterm.sentAtMillis) / 1000;
  if (exit.isOutOfMemory) return failed(`it exceeded its memory limit ${seconds.toFixed(1)} s after SIGTERM`, OUT_OF_MEMORY_FIX);
  if (exit.signal === 'SIGKILL' && seconds >= limitSeconds) {
    return failed(
      `it still ran ${limitSeconds} s after SIGTERM, and was ended by SIGKILL`,
      'exit on SIGTERM. A shell that starts the server does not forward it: write CMD ["node", "server.js"], not CMD node server.js or npm start',
    );
  }
  const exitText = `with ${formatExit(exit)}, ${seconds.toFixed(1)} s after SIGTERM; the stop timeout is ${limitSeconds} s`;
  return seconds > LATE_SHARE * limitSeconds
    ? warning(exitText, 'raise stopTimeout (at most 120 s on Fargate), or exit sooner')
    : ok(exitText);
}
