import { exitInWords } from '../rehearsal/tasks/task-exit';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok, warning } from './finding';
import { OUT_OF_MEMORY_FIX } from './keeps-memory-flat';

/** Later than this, and a task that is a little slower on AWS is killed. */
const LATE_SHARE = 0.8;

/** Waits for the end of a task that was told to stop. */
export async function endsInTime(task: CheckedTask): Promise<Finding> {
  if (task.stop === undefined) return notTried('the task was not told to stop');
  const exit = await task.stop.exit;
  const limitSeconds = task.plan.container.stopTimeoutSeconds;
  const seconds = ((task.endedAtMillis ?? performance.now()) - task.stop.atMillis) / 1000;
  if (exit.isOutOfMemory) return failed(`it was killed for its memory ${seconds.toFixed(1)} s after SIGTERM`, OUT_OF_MEMORY_FIX);
  if (exit.signal === 'SIGKILL' && seconds >= limitSeconds) {
    return failed(
      `it still ran ${limitSeconds} s after SIGTERM, and was killed with what it was doing`,
      'end on SIGTERM. A shell in front of the server does not pass it on: write CMD ["node", "server.js"], not CMD node server.js or npm start',
    );
  }
  const ended = `with ${exitInWords(exit)} ${seconds.toFixed(1)} s after SIGTERM, of ${limitSeconds}`;
  return seconds > LATE_SHARE * limitSeconds
    ? warning(ended, 'raise stopTimeout (120 s at most on Fargate), or drain for less')
    : ok(ended);
}
