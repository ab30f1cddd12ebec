import { setTimeout as pass } from 'node:timers/promises';
import { untilListening } from '../rehearsal/tasks/until-listening';
import { startLimitSeconds } from './becomes-healthy';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, ok } from './finding';

/** Waits for the port to open: of everything else there is nothing to see before. */
export async function listens(task: CheckedTask): Promise<Finding> {
  const limitSeconds = startLimitSeconds(task.plan);
  const over = new AbortController();
  const late = pass(1000 * limitSeconds, undefined, { signal: over.signal }).catch(() => {});
  task.isListening = await Promise.race([
    untilListening(task.port, over.signal).then(() => true),
    Promise.race([late, task.process.exited]).then(() => false),
  ]);
  over.abort();
  if (task.isListening) return ok(`${task.age.toFixed(1)} s after its start`);
  return task.hasEnded
    ? failed(`it ${task.endInWords}`, SEE_LAST_LINES)
    : failed(`it ${task.silenceInWords(limitSeconds)}`, listenFix(task));
}

const SEE_LAST_LINES = 'see its last lines: a process of this machine gets the variables of the template, PORT, and no others';

function listenFix({ plan, parts }: CheckedTask): string {
  if (parts.onEngine !== undefined)
    return `listen on port ${plan.container.port} of all addresses, which the template says that the container does`;
  return `listen on process.env.PORT: another port than ${plan.container.port}, that of the container, is free here`;
}
