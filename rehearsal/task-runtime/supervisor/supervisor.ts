import { InputError } from '../../../src/parse/input-error';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { removeOrphanedFolders, removeOwnedFolders } from '../process/owned-folder';
import { SupervisedTasks } from './supervised-tasks';
import type { SupervisorCommand, SupervisorEvent } from './supervisor-messages';
import { openStarter, type SupervisorOptions } from './task-starters';

// the supervisor process of the tasks of a command: it starts them, limits each to its CPU quota, and kills them all when the command
// exits, for any reason. It is a process of its own because a command that is killed cannot clean up.

/** How long to wait for the tasks to exit before this process exits. */
const EXIT_TIMEOUT_SECONDS = { process: 1, container: 10 };

void supervise(JSON.parse(process.argv[2]!) as SupervisorOptions);

async function supervise(options: SupervisorOptions): Promise<void> {
  const clock = new SpedUpClock(1);
  try {
    const starter = await openStarter(options, clock);
    const tasks = new SupervisedTasks(clock, starter, send, options.capturesOutput);
    process.on('message', (command: SupervisorCommand) => tasks.handle(command));
    exitWithCommand(clock, tasks, EXIT_TIMEOUT_SECONDS[options.runtime === 'process' ? 'process' : 'container']);
    // also runs when an unexpected error ends this process.
    process.once('exit', () => {
      tasks.close();
      removeOwnedFolders();
      // those of the command, if it was killed.
      removeOrphanedFolders();
    });
    send({ kind: 'ready', description: starter.description });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    send({ kind: 'unsupported', errors: error.errors });
    if (process.connected) process.once('disconnect', () => process.exit());
    else process.exit();
  }
}

/** Kills the tasks when the command exits, waits for them, and exits. If this command runs in a container, no other process may reap them. */
function exitWithCommand(clock: SpedUpClock, tasks: SupervisedTasks, timeoutSeconds: number): void {
  const exit = (): void => {
    clock.after(timeoutSeconds, () => process.exit());
    tasks.kill().then(() => process.exit());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, exit);
  // the command may have exited while the starter was opened.
  if (process.connected) process.once('disconnect', exit);
  else exit();
}

/** Sends an event. Ignores errors: if the command has exited, the disconnect that follows ends this process. */
function send(event: SupervisorEvent): void {
  if (process.connected) process.send?.(event, undefined, undefined, () => {});
}
