import { setTimeout as delay } from 'node:timers/promises';
import { waitUntilListening } from '../../rehearsal/task-runtime/process/process-runtime';
import { secondsUntilEcsStopsIt } from './becomes-healthy';
import { type CheckResult, failed, ok } from './check-result';
import type { CheckedTask } from './checked-task';
import { formatAddress, type ListeningAddress, listeningAddresses } from './listening-addresses';

/** Waits until the port is open; nothing else can be tested before. */
export async function listensOnPort(task: CheckedTask): Promise<CheckResult> {
  const limitSeconds = secondsUntilEcsStopsIt(task.plan);
  const name = `waiting at most ${limitSeconds} s for the task to listen on port ${task.portInTask}, the value of PORT`;
  task.progress = { name };
  const watch = setInterval(() => {
    task.progress = { name, latestResult: elsewhereText(otherAddresses(task), 'so far it listens') };
  }, WATCH_INTERVAL_MILLIS);
  const waitEnd = new AbortController();
  const timeout = delay(1000 * limitSeconds, undefined, { signal: waitEnd.signal }).catch(() => {});
  const isListening = await Promise.race([
    waitUntilListening(task.hostPort, waitEnd.signal).then(() => true),
    Promise.race([timeout, task.handle.exited]).then(() => false),
  ]);
  waitEnd.abort();
  clearInterval(watch);
  if (isListening) {
    task.listensAfterSeconds = task.ageSeconds;
    return ok(`${task.listensAfterSeconds.toFixed(1)} s after its start`);
  }
  if (task.hasExited) return failed(`it ${task.exitDescription}`, exitFix(task));
  const addresses = otherAddresses(task);
  const elsewhere = elsewhereText(addresses, '; it listens');
  return failed(`it ${task.notListeningText(limitSeconds, elsewhere)}`, listenFix(task, addresses));
}

const WATCH_INTERVAL_MILLIS = 2000;

/** Where it listens instead; a container does not show it. */
function otherAddresses({ handle, isContainer }: CheckedTask): readonly ListeningAddress[] {
  return isContainer ? [] : listeningAddresses(handle.processId);
}

function elsewhereText(addresses: readonly ListeningAddress[], intro: string): string | undefined {
  return addresses.length === 0 ? undefined : `${intro} on ${addresses.map(formatAddress).join(' and ')}`;
}

/** What a program reports that cannot write its log to standard output or standard error. */
const UNWRITABLE_LOG =
  /(\/dev\/std(?:out|err)|\/proc\/self\/fd\/[12]).*(?:denied|no such device|unable|cannot)|(?:denied|no such device|unable|cannot).*(\/dev\/std(?:out|err)|\/proc\/self\/fd\/[12])/i;

function exitFix({ isContainer, handle, hasEndedWell }: CheckedTask): string {
  const device = UNWRITABLE_LOG.exec(handle.lastOutput);
  if (device !== null)
    return `it cannot write its log to ${device[1] ?? device[2]}: a program that is not root may not open it; start it as the user that it runs as, or log to a file in a writable directory`;
  if (hasEndedWell)
    return "keep it in the foreground: a task ends with its first process, and exit code 0 is that of a server that goes on in the background (nginx -g 'daemon off;', apache2 -D FOREGROUND, php-fpm -F)";
  return isContainer
    ? 'see its last output: a container gets PORT and the environment of the template beside that of its image, but no secrets'
    : 'see its last output: a process on this machine gets PORT and the environment of the template, no other variables';
}

function listenFix({ plan, isContainer, portInTask }: CheckedTask, addresses: readonly ListeningAddress[]): string {
  if (isContainer) return `listen on port ${plan.container.port} of all addresses: the task definition has this container port`;
  if (addresses.some(({ port }) => port === portInTask))
    return 'listen on all addresses of IPv4, 0.0.0.0, or on :: for both IPv6 and IPv4: the load balancer connects to the IPv4 address of a task';
  if (addresses.length > 0)
    return `listen on the port in the environment variable PORT, or put it into the command, as in --command "server --port $PORT": a process on this machine gets a free port, not the container port ${plan.container.port}`;
  return `listen on the port in the environment variable PORT: a process on this machine gets a free port, not the container port ${plan.container.port}`;
}
