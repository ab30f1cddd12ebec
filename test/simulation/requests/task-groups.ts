import type { QueueingModel } from '../../../src/simulation/queueing/latency';
import { type RequestResult, TaskGroup } from '../../../src/simulation/requests/task-group';
import { SimulatedTask } from '../../../src/simulation/tasks/simulated-task';

/** Tasks that are alike, as many as wanted, each sent an equal share of what a number of tasks is sent. */
export function groupOf(
  count: number,
  queueingModel: QueueingModel | undefined,
  requestResult: RequestResult = 'served',
  sharedBy = count,
): TaskGroup {
  const group = new TaskGroup(requestResult, 1, queueingModel, new SimulatedTask(1, 0, 0));
  while (group.count < count) group.tasks.push(new SimulatedTask(1, 0, 0));
  group.shareOfTask = 1 / sharedBy;
  return group;
}
