import type { Construct } from 'constructs';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import { deploymentMistakes } from './deployment/deployment-mistakes';
import { loadBalancerMistakes } from './load-balancer/load-balancer-mistakes';
import { networkMistakes } from './network/network-mistakes';
import { observabilityMistakes } from './observability/observability-mistakes';
import { planMistakes } from './plan-mistakes';
import type { ServicePlan } from './plan-of-props';
import { scalingMistakes } from './scaling/scaling-mistakes';
import { targetGroupMistakes } from './target-group/target-group-mistakes';
import { taskMistakes } from './task/task-mistakes';

/** Everything that is wrong with the props, one sentence each. */
export function mistakesOf(scope: Construct, plan: ServicePlan, props: ScalableStatelessServiceProps): string[] {
  return [
    ...planMistakes(plan),
    ...networkMistakes(props),
    ...loadBalancerMistakes(scope, props),
    ...targetGroupMistakes(props),
    ...taskMistakes(props),
    ...deploymentMistakes(plan, props),
    ...scalingMistakes(props),
    ...observabilityMistakes(props),
  ];
}
