import { policyMistakes } from '../plan/policy';
import { vcpuOf } from '../plan/task-size';
import type { Scenario } from './scenario';
import { trafficMistakes } from './traffic-mistakes';
import { workloadMistakes } from './workload';

const MOST_SEED = 2 ** 32 - 1;

/** Returns one sentence for each part of the question that has no answer. */
export function scenarioMistakes({ plan, workload, traffic, seed }: Scenario): string[] {
  return [
    ...policyMistakes(plan.policy),
    ...workloadMistakes(workload, vcpuOf(plan.task)),
    ...trafficMistakes(traffic),
    ...(Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED
      ? []
      : [`seed must be a whole number from 0 to ${MOST_SEED}, got ${seed}`]),
  ];
}
