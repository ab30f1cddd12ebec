import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  type CfnLoadBalancer,
  type IApplicationLoadBalancer,
  IpAddressType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { vpcNameOf } from '../network/network-validation';
import { warn } from '../warnings';
import { isInternal } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';

/**
 * Warns of a load balancer that authenticates, has no public IPv4 address and is in subnets without a NAT gateway, in a VPC of the caller.
 *
 * It is no error: the identity provider may have a private address (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html).
 */
export function warnOfIdentityProvider(
  scope: IConstruct,
  vpc: IVpc,
  loadBalancer: IApplicationLoadBalancer,
  props: LoadBalancerProps,
): void {
  if (props.authentication === undefined || !(loadBalancer instanceof ApplicationLoadBalancer) || hasPublicIpv4(loadBalancer)) return;
  const kind = kindOf(vpc, loadBalancer);
  if (kind === undefined) return;
  const advice =
    props.listener === undefined && props.loadBalancer === undefined
      ? 'set loadBalancerSubnets, or network, to subnets with a NAT gateway'
      : 'put it into subnets with a NAT gateway';
  warn(
    scope,
    'unreachableIdentityProvider',
    `the load balancer has no public IPv4 address and is in ${kind} subnets of ${vpcNameOf(vpc)}, from which it cannot call an identity provider on the Internet, and each sign-in fails: ${advice}`,
  );
}

function hasPublicIpv4(loadBalancer: ApplicationLoadBalancer): boolean {
  return !isInternal(loadBalancer) && loadBalancer.ipAddressType !== IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4;
}

/** The kind of the subnets of a load balancer, where it is known that they have no NAT gateway. */
function kindOf(vpc: IVpc, loadBalancer: ApplicationLoadBalancer): 'isolated' | 'public' | undefined {
  const { subnets } = loadBalancer.node.defaultChild as CfnLoadBalancer;
  const isIn = (selection: SubnetSelection['subnets']) =>
    subnets !== undefined && subnets.length > 0 && subnets.every((id) => selection?.some(({ subnetId }) => subnetId === id));
  if (isIn(vpc.isolatedSubnets)) return 'isolated';
  return isIn(vpc.publicSubnets) ? 'public' : undefined;
}
