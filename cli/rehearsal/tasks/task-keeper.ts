import { WallTime } from '../../../src/time/wall-time';
import { DutyCycle } from './duty-cycle';
import { EstimatedGroups } from './estimated-groups';
import { KeptTasks } from './kept-tasks';
import { MEASURED_GROUPS } from './measured-groups';
import { quotaMethod } from './quota-method';
import type { KeeperNews, TaskRequest } from './task-messages';

// the process that keeps the tasks of a rehearsal: it starts them, holds each to its CPU quota, and ends them all when
// the tool ends, however that comes about. It is a process of its own because a tool that is killed cannot clean up.

const time = new WallTime(1);
const method = new DutyCycle(time, quotaMethod() === 'measured' ? MEASURED_GROUPS : new EstimatedGroups(time));
const tasks = new KeptTasks(time, method, tell);

process.on('message', (request: TaskRequest) => tasks.obey(request));
process.once('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
// also when a mistake in here ends the process.
process.once('exit', () => tasks.killNow());
tell({ kind: 'ready', description: method.description });

/** Ends the tasks, and waits for them where it can, since in a container there may be nobody else to collect what is left of them. */
function end(): void {
  time.after(1, () => process.exit());
  tasks.kill().then(() => process.exit());
}

/** A tool that has gone hears nothing, and the disconnect that follows ends this process. */
function tell(news: KeeperNews): void {
  if (process.connected) process.send?.(news, undefined, undefined, () => {});
}
