import { Peer } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServiceNetwork } from '../network/service-network';
import type { LoadBalancerProps } from './load-balancer-props';

/** The load balancer: in public subnets where it faces the Internet, beside the tasks where it does not. */
export function createLoadBalancer(scope: Construct, network: ServiceNetwork, props: LoadBalancerProps): ApplicationLoadBalancer {
  const internetFacing = isInternetFacing(props);
  return new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: network.vpc,
    internetFacing,
    vpcSubnets: internetFacing ? undefined : network.taskSubnets,
    dropInvalidHeaderFields: true,
  });
}

/** Listens for HTTP, from anywhere or from inside the VPC, and forwards everything to the target group. */
export function createListener(
  loadBalancer: ApplicationLoadBalancer,
  targetGroup: ApplicationTargetGroup,
  props: LoadBalancerProps,
): ApplicationListener {
  const listener = loadBalancer.addListener('Listener', {
    port: 80,
    protocol: ApplicationProtocol.HTTP,
    open: isInternetFacing(props),
    defaultTargetGroups: [targetGroup],
  });
  if (!isInternetFacing(props)) listener.connections.allowDefaultPortFrom(Peer.ipv4(loadBalancer.vpc!.vpcCidrBlock), 'From the VPC');
  return listener;
}

function isInternetFacing(props: LoadBalancerProps): boolean {
  return props.internetFacing ?? DEFAULTS.internetFacing;
}
