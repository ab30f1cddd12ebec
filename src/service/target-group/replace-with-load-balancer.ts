import { createHash } from 'node:crypto';
import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { facesInternet } from '../load-balancer/load-balancer';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import { sharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import { patternTargetGroupId } from '../moving/kept-ids';
import type { MovingProps } from '../moving/moving-props';
import { patternOf } from '../moving/pattern-facts';

/**
 * Gives a target group a logical id that changes whenever its load balancer is replaced.
 *
 * A target group belongs to one load balancer only. While the old load balancer still exists, CloudFormation cannot attach the same target group
 * to the new one. A service that was moved has the logical id of its pattern, as long as the load balancer is that of the pattern.
 */
export function replaceWithLoadBalancer(group: ApplicationTargetGroup, props: LoadBalancerProps & MovingProps): void {
  const pattern = patternOf(props);
  if (pattern !== undefined && group.node.id === FIRST_TARGET_GROUP_ID) {
    const { loadBalancer, loadBalancerName, publicLoadBalancer: internetFacing } = pattern;
    const kept = patternTargetGroupId(group.node.scope!, pattern);
    const [before, after] = [identityText(group, { loadBalancer, loadBalancerName, internetFacing }), identityText(group, props)];
    resourceOf(group).overrideLogicalId(before === after ? kept : `${kept}${suffixOf(after)}`);
    return;
  }
  if (identityOf(props) === undefined) return;
  const resource = resourceOf(group);
  resource.overrideLogicalId(`${Stack.of(group).getLogicalId(resource)}${suffixOf(identityText(group, props))}`);
}

/** The id of the target group that gets all requests before the first deployment. */
export const FIRST_TARGET_GROUP_ID = 'TargetGroup';

function resourceOf(group: ApplicationTargetGroup): CfnResource {
  return group.node.defaultChild as CfnResource;
}

function identityText(group: ApplicationTargetGroup, props: LoadBalancerProps): string {
  return JSON.stringify(Stack.of(group).resolve(identityOf(props) ?? {}));
}

function suffixOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
}

/** What makes a load balancer another one: what it cannot change. Undefined for the default one, whose target group has a plain logical id. */
function identityOf(props: LoadBalancerProps): object | undefined {
  const shared = sharedLoadBalancer(props);
  if (shared !== undefined) return { arn: shared.loadBalancerArn };
  const { loadBalancerName: name } = props;
  const isInternal = !facesInternet(props);
  return name === undefined && !isInternal ? undefined : { isInternal, name };
}
