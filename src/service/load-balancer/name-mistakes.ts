import { Token } from 'aws-cdk-lib';

const NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/;

/**
 * Returns the sentence for a name that no load balancer or target group may have, if it is one.
 *
 * The rules are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function nameMistakes(prop: 'loadBalancerName' | 'targetGroupName', name: string | undefined): string[] {
  if (name === undefined || Token.isUnresolved(name)) return [];
  if (!NAME.test(name)) return [`${prop} must be 1 to 32 letters, digits and inner hyphens, got '${name}' (${name.length} characters)`];
  return prop === 'loadBalancerName' && name.startsWith('internal-') ? [`${prop} must not begin with 'internal-', got '${name}'`] : [];
}
