import { Duration } from 'aws-cdk-lib';
import type { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServiceNetwork } from '../network/service-network';
import type { LoadBalancerProps } from './load-balancer-props';

/** The load balancer: in public subnets where it faces the Internet, beside the tasks where it does not. */
export function createLoadBalancer(scope: Construct, network: ServiceNetwork, props: LoadBalancerProps): ApplicationLoadBalancer {
  return new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: network.vpc,
    internetFacing: facesInternet(props),
    vpcSubnets: loadBalancerSubnetsIn(network, props),
    securityGroup: props.loadBalancerSecurityGroup,
    loadBalancerName: props.loadBalancerName,
    deletionProtection: props.deletionProtection ?? DEFAULTS.deletionProtection,
    dropInvalidHeaderFields: props.dropInvalidHeaders ?? DEFAULTS.dropInvalidHeaders,
    idleTimeout: props.idleTimeout ?? Duration.seconds(DEFAULTS.idleTimeoutSeconds),
  });
}

/** Whether the load balancer of these props faces the Internet. */
export function facesInternet(props: LoadBalancerProps): boolean {
  return props.internetFacing ?? DEFAULTS.internetFacing;
}

/** The subnets that the load balancer is put into. */
export function loadBalancerSubnetsIn(
  { vpc, taskSubnets }: Pick<ServiceNetwork, 'vpc' | 'taskSubnets'>,
  props: LoadBalancerProps,
): SubnetSelection {
  return props.loadBalancerSubnets ?? (facesInternet(props) ? { subnets: vpc.publicSubnets } : taskSubnets);
}
