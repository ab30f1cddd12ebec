import { type ApplicationTargetGroup, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { ServiceNetwork } from '../network/service-network';
import type { ServicePlan } from '../plan-of-props';
import { createTargetGroup } from './target-group';
import type { TargetGroupProps } from './target-group-props';

/** The target groups of a service. */
export interface TargetGroups {
  /** Where all requests go before the first deployment. */
  readonly first: ApplicationTargetGroup;

  /** With two versions side by side, where a deployment puts the other one: the two change places every time. */
  readonly second?: ApplicationTargetGroup;
}

/** One target group, or two where deployments have two versions side by side. */
export function createTargetGroups(
  scope: Construct,
  { vpc }: ServiceNetwork,
  plan: ServicePlan,
  props: TargetGroupProps & DeploymentProps,
): TargetGroups {
  const first = createTargetGroup(scope, 'TargetGroup', vpc, plan, props);
  if (props.deployment?._hasTwoTargetGroups !== true) return { first };
  // a name belongs to one of them.
  return { first, second: createTargetGroup(scope, 'SecondTargetGroup', vpc, plan, { ...props, targetGroupName: undefined }) };
}

/** Sends everything to the one of two that is named first. A deployment moves the weights, and where no template changes them they stay. */
export function forward(to: ApplicationTargetGroup, notTo: ApplicationTargetGroup | undefined): ListenerAction {
  if (notTo === undefined) return ListenerAction.forward([to]);
  return ListenerAction.weightedForward([
    { targetGroup: to, weight: 100 },
    { targetGroup: notTo, weight: 0 },
  ]);
}

/** All there are. */
export function allOf({ first, second }: TargetGroups): ApplicationTargetGroup[] {
  return second === undefined ? [first] : [first, second];
}
