import { setTimeout as delay } from 'node:timers/promises';
import { waitUntilListening } from '../../rehearsal/task-runtime/process/process-runtime';
import { secondsUntilEcsStopsIt } from './becomes-healthy';
import { type CheckResult, failed, ok } from './check-result';
import type { CheckedTask } from './checked-task';

/** Waits until the port is open; nothing else can be tested before. */
export async function listensOnPort(task: CheckedTask): Promise<CheckResult> {
  const limitSeconds = secondsUntilEcsStopsIt(task.plan);
  task.progress = { name: `waiting at most ${limitSeconds} s for the task to listen on port ${task.portInTask}, the value of PORT` };
  const waitEnd = new AbortController();
  const timeout = delay(1000 * limitSeconds, undefined, { signal: waitEnd.signal }).catch(() => {});
  const isListening = await Promise.race([
    waitUntilListening(task.hostPort, waitEnd.signal).then(() => true),
    Promise.race([timeout, task.handle.exited]).then(() => false),
  ]);
  waitEnd.abort();
  if (isListening) {
    task.listensAfterSeconds = task.ageSeconds;
    return ok(`${task.listensAfterSeconds.toFixed(1)} s after its start`);
  }
  return task.hasExited
    ? failed(`it ${task.exitDescription}`, exitFix(task))
    : failed(`it ${task.notListeningText(limitSeconds)}`, listenFix(task));
}

/** What a program reports that cannot write its log to standard output or standard error. */
const UNWRITABLE_LOG =
  /(\/dev\/std(?:out|err)|\/proc\/self\/fd\/[12]).*(?:denied|no such device|unable|cannot)|(?:denied|no such device|unable|cannot).*(\/dev\/std(?:out|err)|\/proc\/self\/fd\/[12])/i;

function exitFix({ isContainer, handle }: CheckedTask): string {
  const device = UNWRITABLE_LOG.exec(handle.lastOutput);
  if (device !== null)
    return `it cannot write its log to ${device[1] ?? device[2]}: a program that is not root may not open it; start it as the user that it runs as, or log to a file in a writable directory`;
  return isContainer
    ? 'see its last output: a container gets PORT and the environment of the template beside that of its image, but no secrets'
    : 'see its last output: a process on this machine gets PORT and the environment of the template, no other variables';
}

function listenFix({ plan, isContainer }: CheckedTask): string {
  if (isContainer) return `listen on port ${plan.container.port} of all addresses: the task definition has this container port`;
  return `listen on the port in the environment variable PORT: a process on this machine gets a free port, not the container port ${plan.container.port}`;
}
