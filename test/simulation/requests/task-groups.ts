import type { QueueingModel } from '../../../src/simulation/queueing/latency';
import { GroupList } from '../../../src/simulation/requests/group-list';
import { type RequestResult, RequestTreatment } from '../../../src/simulation/requests/request-treatment';
import type { TaskGroup } from '../../../src/simulation/requests/task-group';
import { SimulatedTask } from '../../../src/simulation/tasks/simulated-task';

/** A list of one group: tasks that are alike, as many as wanted, each sent an equal share of what a number of tasks is sent. */
export function listOf(
  count: number,
  queueingModel: QueueingModel | undefined,
  requestResult: RequestResult = 'served',
  sharedBy = count,
): GroupList {
  const fields = {
    isRouted: true,
    requestResult,
    relativeSpeed: 1,
    cpuShare: 1,
    isActive: true,
    trafficShare: 1,
    slowStartedAtSeconds: undefined,
  };
  const treatment = new RequestTreatment(fields, queueingModel);
  treatment.shareOfTask = 1 / sharedBy;
  const list = new GroupList();
  for (let number = 1; number <= count; number++) list.add(new SimulatedTask(number, 0, 0), list.findOrCreate(treatment, 0, false));
  list.placeChanged();
  return list;
}

/** The group of such a list. */
export function groupOf(...parameters: Parameters<typeof listOf>): TaskGroup {
  return listOf(...parameters).groups[0]!;
}
