import type { QueueingModel } from '../../../src/simulation/queueing/latency';
import { AlikeTasks } from '../../../src/simulation/requests/alike-tasks';
import { type RequestResult, TaskGroup } from '../../../src/simulation/requests/task-group';
import { SimulatedTask } from '../../../src/simulation/tasks/simulated-task';

/** Tasks that are alike, as many as wanted, each sent an equal share of what a number of tasks is sent. */
export function groupOf(
  count: number,
  queueingModel: QueueingModel | undefined,
  requestResult: RequestResult = 'served',
  sharedBy = count,
): TaskGroup {
  const tasks = new AlikeTasks(new SimulatedTask(1, 0, 0), 0);
  while (tasks.count < count) tasks.tasks.add(new SimulatedTask(tasks.count + 1, 0, 0));
  const group = new TaskGroup(requestResult, 1, queueingModel, tasks);
  group.shareOfTask = 1 / sharedBy;
  return group;
}
