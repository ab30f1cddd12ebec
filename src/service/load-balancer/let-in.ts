import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnSecurityGroupIngress, type IPeer, Peer, Port } from 'aws-cdk-lib/aws-ec2';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DEFAULTS } from '../../plan/default-plan';
import { acknowledge } from '../rule-packs/acknowledge';
import type { RulePackProps } from '../rule-packs/rule-pack-props';
import { facesInternet } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';

export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;

/** What stands for the whole world in a rule. */
const EVERYBODY = Peer.anyIpv4().uniqueId;

/**
 * Lets those in who may connect, on the ports that are listened on.
 *
 * The whole world is let in by rules of their own, each a resource of the template that says so in its name.
 */
export function letIn(
  loadBalancer: ApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  props: LoadBalancerProps & RulePackProps,
): void {
  const isOwnGroup = props.loadBalancerSecurityGroup === undefined;
  const peers = new Map((props.allowedFrom ?? allowedByDefault(loadBalancer, props)).map((peer) => [peer.uniqueId, peer]));
  for (const [name, peer] of peers) {
    for (const port of portsOf(certificate, props)) {
      if (name !== EVERYBODY || !isOwnGroup) loadBalancer.connections.allowFrom(peer, Port.tcp(port), `To port ${port}`);
      else acknowledgeWhereSecure(letTheWorldIn(loadBalancer, port), certificate, props);
    }
  }
}

/** Whether whoever asks by plain HTTP is shown the way to HTTPS. */
export function redirects(props: LoadBalancerProps): boolean {
  return props.redirectHttp ?? DEFAULTS.redirectHttp;
}

function portsOf(certificate: ICertificate | undefined, props: LoadBalancerProps): number[] {
  if (certificate === undefined) return [HTTP_PORT];
  return redirects(props) ? [HTTPS_PORT, HTTP_PORT] : [HTTPS_PORT];
}

/** Whoever can reach the load balancer. A security group of the caller's says for itself whom it lets in. */
function allowedByDefault(loadBalancer: ApplicationLoadBalancer, props: LoadBalancerProps): IPeer[] {
  if (props.loadBalancerSecurityGroup !== undefined) return [];
  return facesInternet(props) ? [Peer.anyIpv4()] : [Peer.ipv4(loadBalancer.vpc!.vpcCidrBlock)];
}

function letTheWorldIn(loadBalancer: ApplicationLoadBalancer, port: number): CfnSecurityGroupIngress {
  return new CfnSecurityGroupIngress(loadBalancer, `OpenToTheWorldOnPort${port}`, {
    groupId: loadBalancer.connections.securityGroups[0]!.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    cidrIp: EVERYBODY,
    description: `The whole world, to port ${port}`,
  });
}

/** That a site is public is a choice; that it answers plain HTTP as well is worth a second look. */
function acknowledgeWhereSecure(rule: CfnSecurityGroupIngress, certificate: ICertificate | undefined, props: RulePackProps): void {
  if (certificate === undefined) return;
  const reason = 'A public service answers HTTPS to the whole world, and shows the way there on port 80. allowedFrom narrows it down.';
  acknowledge(rule, { rule: 'AwsSolutions-EC23', reason }, props);
}
