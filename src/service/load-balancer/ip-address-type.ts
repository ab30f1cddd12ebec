import { IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** Whether clients can connect to the load balancer over IPv6. */
export function hasIpv6(ipAddressType: IpAddressType | undefined): boolean {
  return ipAddressType !== undefined && ipAddressType !== IpAddressType.IPV4;
}
