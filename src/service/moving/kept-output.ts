import { CfnOutput } from 'aws-cdk-lib';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { MovingProps } from './moving-props';
import { patternOf } from './pattern-facts';

/** Creates the output of a pattern that a service does not have: the DNS name of the load balancer, beside the URL. */
export function keepOutput(scope: Construct, loadBalancer: IApplicationLoadBalancer, props: MovingProps): void {
  if (patternOf(props) !== undefined) new CfnOutput(scope, 'LoadBalancerDNS', { value: loadBalancer.loadBalancerDnsName });
}
