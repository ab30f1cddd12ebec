import { Stack } from 'aws-cdk-lib';
import { CfnListener, CfnListenerRule, type CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IConstruct } from 'constructs';
import type { TargetGroups } from '../target-group/target-groups';

/**
 * Returns an error for each listener and rule outside of a service that forwards to a target group of it which deployments leave without tasks.
 *
 * With two target groups, ECS changes the weights of the rule of the service only.
 */
export function outsideForwardErrors(scope: Construct, { first, second }: TargetGroups): string[] {
  if (second === undefined) return [];
  const ids = [first, second].map(({ node }) => Stack.of(scope).resolve((node.defaultChild as CfnTargetGroup).logicalId) as string);
  return scope.node.root.node
    .findAll()
    .filter((construct) => !construct.node.scopes.includes(scope) && ids.some((id) => actionsOf(construct).includes(`"${id}"`)))
    .map(
      ({ node }) =>
        `do not forward to the target groups of this service in ${node.path}: each deployment moves its tasks from one group to the other, and the requests get 503. Use Deployment.rolling() while you move traffic by weight`,
    );
}

/** The actions of a listener or a rule as text; empty for any other construct. */
function actionsOf(construct: IConstruct): string {
  if (CfnListener.isCfnListener(construct)) return textOf(construct, construct.defaultActions);
  return CfnListenerRule.isCfnListenerRule(construct) ? textOf(construct, construct.actions) : '';
}

function textOf(construct: IConstruct, actions: unknown): string {
  return JSON.stringify(Stack.of(construct).resolve(actions)) ?? '';
}
