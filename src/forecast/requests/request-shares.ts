import type { Routing } from '../../plan/routing';
import type { TaskGroup } from './task-group';

/** A task that fails its requests is sent so much less while anomalies are mitigated; AWS does not say how much. */
const AVOIDED_SHARE = 0.1;

/** Mitigation needs so many tasks to tell one that is unlike the others (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html). */
const FEWEST_TO_COMPARE = 3;

/** Where no other task is ever idle, one that refuses at once is still not sent everything. */
const LEAST_IDLE = 0.01;

/**
 * Sets the share of the requests that each task is sent, of those that no task holds; returns the share of those that are held.
 *
 * Round robin sends each task as many, however slow it is. Least outstanding requests levels what the tasks work on: their
 * shares are as their capacities, and a task that refuses at once draws what finds no other one idle.
 *
 * @param busyShare how much of the capacity of the serving tasks was in use a moment ago.
 */
export function shareOut(groups: readonly TaskGroup[], routing: Routing, busyShare: number): number {
  let held = 0;
  let total = 0;
  for (const group of groups) {
    group.shareOfTask = group.weight * attraction(group, groups, routing, busyShare);
    if (group.fate === 'held') held += group.share;
    else total += group.share;
  }
  for (const group of groups) group.shareOfTask /= group.fate === 'held' ? held : total;
  return held + total > 0 ? held / (held + total) : 0;
}

function attraction(group: TaskGroup, groups: readonly TaskGroup[], routing: Routing, busyShare: number): number {
  switch (routing.algorithm) {
    case 'round_robin':
      return 1;
    case 'weighted_random':
      return group.fate !== 'served' && routing.mitigatesAnomalies && countOf(groups) >= FEWEST_TO_COMPARE ? AVOIDED_SHARE : 1;
    case 'least_outstanding_requests':
      return attractionOfIdleness(group, groups, busyShare);
  }
}

function attractionOfIdleness(group: TaskGroup, groups: readonly TaskGroup[], busyShare: number): number {
  if (group.server !== undefined) return group.server.capacityPerSecond;
  const serving = groups.filter(({ server }) => server !== undefined);
  const count = countOf(serving);
  if (count === 0) return 1;
  const capacity = serving.reduce((sum, other) => sum + other.capacityPerSecond, 0);
  return capacity / (group.fate === 'held' ? count : Math.max(LEAST_IDLE, count * (1 - busyShare)));
}

function countOf(groups: readonly TaskGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0);
}
