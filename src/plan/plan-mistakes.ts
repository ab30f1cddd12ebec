import { deploymentMistakes } from './deployment';
import { healthCheckMistakes } from './health-check';
import { infrastructureMistakes } from './infrastructure';
import type { Plan } from './plan';
import { policyMistakes } from './policy';
import { routingMistakes } from './routing';

/** Returns one sentence for each rule that a plan breaks, wherever it comes from. Its task size may be that of another platform. */
export function planMistakes(plan: Plan): string[] {
  const { zoneCount } = plan;
  return [
    ...policyMistakes(plan.policy),
    ...healthCheckMistakes(plan.healthCheck),
    ...routingMistakes(plan.routing),
    ...deploymentMistakes(plan.deployment),
    ...infrastructureMistakes(plan.infrastructure),
    ...(Number.isInteger(zoneCount) && zoneCount >= 1 ? [] : [`availability zones must be a whole number of at least 1, got ${zoneCount}`]),
  ];
}
