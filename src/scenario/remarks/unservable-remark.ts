import { rateAtCpu } from '../sustainable-rate';
import type { Traffic } from '../traffic';
import { type Remark, rounded } from './remark';

/** Requests come faster than the most tasks can serve, whatever the policy does. Users would slow themselves down; a rate does not. */
export const unservable: Remark = ({ plan, workload, traffic }) => {
  const { maxCapacity } = plan.policy;
  const perTask = rateAtCpu(plan.task, workload, 100);
  const most = Math.min(mostRequestsPerSecond(traffic), traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY);
  if (most <= maxCapacity * perTask) return undefined;
  return (
    `${rounded(most)} requests per second arrive at the most, and ${maxCapacity} tasks (maxCapacity) serve ${rounded(maxCapacity * perTask)} ` +
    `with all their CPU: set maxCapacity to at least ${Math.ceil(most / perTask)}, or give each task more CPU`
  );
};

function mostRequestsPerSecond({ phases }: Traffic): number {
  let most = 0;
  for (const phase of phases) if (phase.kind === 'rps') most = Math.max(most, phase.from, phase.to);
  return most;
}
