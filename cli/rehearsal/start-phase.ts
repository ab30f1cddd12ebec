import type { Phase } from './phase';
import type { RehearsedTask } from './rehearsed-task';

/** What the start of tasks waits for: whatever the first of them does that is not healthy yet. A task that the system still has to start is undefined. */
export function startPhase(tasks: readonly (RehearsedTask | undefined)[]): Phase {
  const phases = tasks.flatMap((task) => (task === undefined ? [] : (task.startPhase ?? [])));
  return phases[0] ?? { name: tasks.length === 1 ? 'starting the task' : 'starting the tasks' };
}
