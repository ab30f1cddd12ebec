import { deploymentMistakes } from './deployment';
import { healthCheckMistakes } from './health-check';
import { IDLE_TIMEOUT_SECONDS } from './idle-timeout';
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
    ...idleTimeoutMistakes(plan),
    ...(Number.isInteger(zoneCount) && zoneCount >= 1 ? [] : [`availability zones must be a whole number of at least 1, got ${zoneCount}`]),
  ];
}

function idleTimeoutMistakes({ idleTimeoutSeconds }: Plan): string[] {
  if (idleTimeoutSeconds === undefined) return [];
  const { least, most } = IDLE_TIMEOUT_SECONDS;
  const isSound = Number.isInteger(idleTimeoutSeconds) && idleTimeoutSeconds >= least && idleTimeoutSeconds <= most;
  return isSound ? [] : [`the idle timeout must be a whole number of seconds from ${least} to ${most}, got ${idleTimeoutSeconds}`];
}
