import type { Routing } from '../../plan/routing';
import { MIN_TARGETS_FOR_MITIGATION, MITIGATED_TARGET_SHARE } from '../../scaling/aws-behavior';
import type { RequestTreatment } from './request-treatment';
import type { TaskGroup } from './task-group';

/** The smallest share of idle tasks in the computation below, so that a task that refuses connections never gets all requests. */
const MIN_IDLE_SHARE = 0.01;

/**
 * Sets the share of the requests that each task gets: of those that are held if the task holds them, otherwise of the others. Returns the
 * share of all requests that are held.
 *
 * Round robin sends each task the same number of requests. Least outstanding requests levels the requests in flight: the shares
 * follow the capacities, and a task that refuses connections gets each request that finds no other task idle.
 *
 * @param treatments those of the groups.
 * @param utilization the share of the capacity of the serving tasks that was in use in the last step.
 */
export function assignShares(
  groups: readonly TaskGroup[],
  treatments: Iterable<RequestTreatment>,
  routing: Routing,
  utilization: number,
): number {
  const all = [...treatments];
  for (const treatment of all) treatment.shareOfTask = treatment.weight * routingWeight(treatment, groups, routing, utilization);
  let heldShare = 0;
  let otherShare = 0;
  for (const group of groups) {
    if (group.requestResult === 'held') heldShare += group.shareOfGroup;
    else otherShare += group.shareOfGroup;
  }
  for (const treatment of all) treatment.shareOfTask /= treatment.requestResult === 'held' ? heldShare : otherShare;
  return heldShare + otherShare > 0 ? heldShare / (heldShare + otherShare) : 0;
}

function routingWeight(treatment: RequestTreatment, groups: readonly TaskGroup[], routing: Routing, utilization: number): number {
  switch (routing.algorithm) {
    case 'round_robin':
      return 1;
    case 'weighted_random':
      return treatment.requestResult !== 'served' && routing.enableAnomalyMitigation && taskCountOf(groups) >= MIN_TARGETS_FOR_MITIGATION
        ? MITIGATED_TARGET_SHARE
        : 1;
    case 'least_outstanding_requests':
      return leastOutstandingWeight(treatment, groups, utilization);
  }
}

/** The weight of a task that makes the requests in flight equal, or how many more it gets if it refuses or holds them. */
function leastOutstandingWeight(treatment: RequestTreatment, groups: readonly TaskGroup[], utilization: number): number {
  if (treatment.queueingModel !== undefined) return treatment.queueingModel.capacityPerSecond;
  const serving = groups.filter(({ queueingModel }) => queueingModel !== undefined);
  const count = taskCountOf(serving);
  if (count === 0) return 1;
  const capacity = serving.reduce((sum, other) => sum + other.capacityPerSecond, 0);
  return capacity / (treatment.requestResult === 'held' ? count : Math.max(MIN_IDLE_SHARE, count * (1 - utilization)));
}

function taskCountOf(groups: readonly TaskGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0);
}
