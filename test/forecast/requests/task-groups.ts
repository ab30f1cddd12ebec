import type { TaskServer } from '../../../src/forecast/latency';
import { type Fate, TaskGroup } from '../../../src/forecast/requests/task-group';
import { ModelledTask } from '../../../src/forecast/tasks/modelled-task';

/** Tasks that are alike, as many as wanted, each sent an equal share of what a number of tasks is sent. */
export function groupOf(count: number, server: TaskServer | undefined, fate: Fate = 'served', sharedBy = count): TaskGroup {
  const group = new TaskGroup(fate, 1, server, new ModelledTask(1, 0, 0));
  while (group.count < count) group.tasks.push(new ModelledTask(1, 0, 0));
  group.shareOfTask = 1 / sharedBy;
  return group;
}
