import { InvalidInput } from '../../../src/plan/invalid-input';
import { WallTime } from '../../../src/time/wall-time';
import { type Keeping, openStarter } from './keeping';
import { KeptTasks } from './kept-tasks';
import type { KeeperNews, TaskRequest } from './task-messages';

// the process that keeps the tasks of a rehearsal: it starts them, holds each to its CPU quota, and ends them all when
// the tool ends, however that comes about. It is a process of its own because a tool that is killed cannot clean up.

/** So long the ends of the tasks are waited for; what is left then is removed without waiting. */
const END_SECONDS = { process: 1, container: 10 };

void keep(JSON.parse(process.argv[2]!) as Keeping);

async function keep(keeping: Keeping): Promise<void> {
  const time = new WallTime(1);
  try {
    const starter = await openStarter(keeping, time);
    const tasks = new KeptTasks(time, starter, tell);
    process.on('message', (request: TaskRequest) => tasks.obey(request));
    endWithTool(time, tasks, END_SECONDS[keeping.runtime === 'process' ? 'process' : 'container']);
    // also when a mistake in here ends the process.
    process.once('exit', () => tasks.close());
    tell({ kind: 'ready', description: starter.description });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    tell({ kind: 'unfit', mistakes: error.mistakes });
    if (process.connected) process.once('disconnect', () => process.exit());
    else process.exit();
  }
}

/** Ends the tasks, and waits for them where it can, since in a container there may be nobody else to collect what is left of them. */
function endWithTool(time: WallTime, tasks: KeptTasks, seconds: number): void {
  const end = (): void => {
    time.after(seconds, () => process.exit());
    tasks.kill().then(() => process.exit());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  // it may have gone while the engine was being asked.
  if (process.connected) process.once('disconnect', end);
  else end();
}

/** A tool that has gone hears nothing, and the disconnect that follows ends this process. */
function tell(news: KeeperNews): void {
  if (process.connected) process.send?.(news, undefined, undefined, () => {});
}
