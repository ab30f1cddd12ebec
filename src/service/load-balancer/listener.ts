import { FeatureFlags, Tokenization } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnSecurityGroupIngress, type IPeer, Peer, Port } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type BaseApplicationListenerProps,
  type IApplicationLoadBalancer,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ELB_USE_POST_QUANTUM_TLS_POLICY } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { acknowledge, type RulePackProps } from '../accepted-findings';
import type { TestTrafficOptions } from '../deployment/deployment';
import { keptListenerId } from '../moving/kept-ids';
import type { MovingProps } from '../moving/moving-props';
import { opensListeners, patternOf } from '../moving/pattern-facts';
import type { NetworkProps } from '../network/network';
import { ipv4RangeOf, ipv6RangeOf } from '../network/vpc-ranges';
import { addCertificates } from './additional-certificates';
import { hasIpv6 } from './ip-address-type';
import { isInternal } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';
import { HTTP_PORT, HTTPS_PORT } from './standard-ports';

/**
 * Creates the listener: HTTPS with a certificate, else HTTP.
 *
 * Each port has a listener with an id of its own. A certificate that is added later then changes the action of the listener on port 80:
 * under another id it would be a second listener on that port, which Elastic Load Balancing rejects.
 */
export function createListener(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  defaultAction: ListenerAction,
  props: LoadBalancerProps & NetworkProps & MovingProps & RulePackProps,
): ApplicationListener {
  const openRules = allowIngress(loadBalancer, certificate, props);
  const port = listenerPortOf(protocolOf(certificate), props);
  const protocol = certificate === undefined ? { protocol: ApplicationProtocol.HTTP } : secured(scope, certificate, props);
  const listener = addListener(
    scope,
    loadBalancer,
    idOf(port, props),
    { port, ...protocol, defaultAction, ...opened(scope, props) },
    props,
  );
  if (certificate !== undefined) addCertificates(listener, props.additionalCertificates ?? []);
  // clients are redirected once the port that they are redirected to is open.
  if (hasRedirect(certificate, props)) createRedirect(scope, loadBalancer, port, props).node.addDependency(listener, ...openRules);
  return listener;
}

/** The id of the listener on a port. */
function idOf(port: number, props: MovingProps): string {
  const kept = keptListenerId(port, props);
  if (kept !== undefined) return kept;
  switch (port) {
    case HTTP_PORT:
      return 'Listener';
    case HTTPS_PORT:
      return 'HttpsListener';
    default:
      return `ListenerOnPort${port}`;
  }
}

/** Creates the test listener. It responds with 404 to requests that match no rule. */
export function createTestListener(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  { port, allowFrom }: TestTrafficOptions,
  props: LoadBalancerProps & MovingProps,
): ApplicationListener {
  for (const peer of allowFrom) loadBalancer.connections.allowFrom(peer, Port.tcp(port), `To port ${Tokenization.stringifyNumber(port)}`);
  const protocol = certificate === undefined ? { protocol: ApplicationProtocol.HTTP } : secured(scope, certificate, props);
  const listener = addListener(
    scope,
    loadBalancer,
    'TestListener',
    { port, ...protocol, defaultAction: ListenerAction.fixedResponse(404) },
    props,
  );
  if (certificate !== undefined) addCertificates(listener, props.additionalCertificates ?? []);
  return listener;
}

/** A listener belongs to its load balancer where that was created here, else to the service. */
function addListener(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  id: string,
  listener: BaseApplicationListenerProps,
  props: MovingProps,
): ApplicationListener {
  const all = { open: false, ...listener };
  // the stock pattern adds the listener to its load balancer: the logical ID of a service that has moved in stays.
  if (patternOf(props) !== undefined) return loadBalancer.addListener(id, all);
  if (!(loadBalancer instanceof ApplicationLoadBalancer)) return new ApplicationListener(scope, id, { loadBalancer, ...all });
  if (loadBalancer.node.scope === scope) return loadBalancer.addListener(id, all);
  const created = new ApplicationListener(scope, id, { loadBalancer, ...all });
  loadBalancer.listeners.push(created);
  return created;
}

/** The port of the listener. */
export function listenerPortOf(protocol: 'HTTP' | 'HTTPS', { listenerPort }: LoadBalancerProps): number {
  return listenerPort ?? (protocol === 'HTTPS' ? HTTPS_PORT : HTTP_PORT);
}

function protocolOf(certificate: ICertificate | undefined): 'HTTP' | 'HTTPS' {
  return certificate === undefined ? 'HTTP' : 'HTTPS';
}

function secured(
  scope: Construct,
  certificate: ICertificate,
  { sslPolicy = defaultSslPolicy(scope) }: LoadBalancerProps,
): Pick<BaseApplicationListenerProps, 'protocol' | 'certificates' | 'sslPolicy'> {
  return { protocol: ApplicationProtocol.HTTPS, certificates: [certificate], sslPolicy };
}

/** Where a feature flag has listeners of the CDK use post-quantum key exchange, this one does too. */
function defaultSslPolicy(scope: Construct): SslPolicy {
  return FeatureFlags.of(scope).isEnabled(ELB_USE_POST_QUANTUM_TLS_POLICY) === true ? SslPolicy.TLS13_12_RES_PQ : SslPolicy.TLS13_RES;
}

/** Whether HTTP on port 80 is redirected to the listener. */
function hasRedirect(certificate: ICertificate | undefined, props: LoadBalancerProps): boolean {
  return certificate !== undefined && redirects(props);
}

function createRedirect(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  port: number,
  props: LoadBalancerProps & MovingProps,
): ApplicationListener {
  const redirect = {
    port: HTTP_PORT,
    protocol: ApplicationProtocol.HTTP,
    defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: String(port), permanent: true }),
    ...opened(scope, props),
  };
  return addListener(scope, loadBalancer, idOf(HTTP_PORT, props), redirect, props);
}

/** The names of any IPv4 and any IPv6 address. */
const ANYWHERE = [Peer.anyIpv4().uniqueId, Peer.anyIpv6().uniqueId] as const;

/**
 * Allows ingress from the peers, on the ports that the load balancer listens on.
 *
 * Each ingress from any address is a resource of its own, so that it is visible in the template and findings about it can be acknowledged.
 *
 * @returns these resources.
 */
export function allowIngress(
  loadBalancer: IApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  props: LoadBalancerProps & NetworkProps & MovingProps & RulePackProps,
): CfnSecurityGroupIngress[] {
  const openRules: CfnSecurityGroupIngress[] = [];
  const isOwnGroup = patternOf(props) === undefined && props.loadBalancerSecurityGroup === undefined && props.loadBalancer === undefined;
  const ports = [listenerPortOf(protocolOf(certificate), props), ...(hasRedirect(certificate, props) ? [HTTP_PORT] : [])];
  const peers = new Map((props.allowFrom ?? allowedByDefault(loadBalancer, props)).map((peer) => [peer.uniqueId, peer]));
  for (const [name, peer] of peers) {
    for (const port of ports) {
      if (!ANYWHERE.includes(name) || !isOwnGroup) loadBalancer.connections.allowFrom(peer, Port.tcp(port), `To port ${port}`);
      else openRules.push(allowFromAnywhere(loadBalancer, name, port));
    }
  }
  for (const rule of openRules) acknowledgeWhereSecure(rule, certificate, props);
  return openRules;
}

/**
 * Whether the listener itself admits any address, as that of a pattern does.
 *
 * The rule is a part of the security group there. As a resource of its own it would be created when that part is already removed.
 */
function opened(scope: Construct, props: LoadBalancerProps & MovingProps): { open: boolean } {
  const pattern = patternOf(props);
  return { open: pattern !== undefined && props.allowFrom === undefined && opensListeners(scope, pattern) };
}

/** Whether HTTP is redirected to HTTPS. On an existing load balancer, port 80 may be that of another listener, which only its owner knows. */
export function redirects({ redirectHttp, loadBalancer }: LoadBalancerProps): boolean {
  return redirectHttp ?? (loadBalancer === undefined && DEFAULTS.redirectHttp);
}

/** All that can reach the load balancer. An existing security group is left as it is, and so are those of an imported load balancer. */
function allowedByDefault(loadBalancer: IApplicationLoadBalancer, props: LoadBalancerProps & NetworkProps & MovingProps): IPeer[] {
  if (patternOf(props) !== undefined || props.loadBalancerSecurityGroup !== undefined || !(loadBalancer instanceof ApplicationLoadBalancer))
    return [];
  if (isInternal(loadBalancer)) return vpcRanges(loadBalancer, props);
  return hasIpv6(loadBalancer.ipAddressType) ? [Peer.anyIpv4(), Peer.anyIpv6()] : [Peer.anyIpv4()];
}

/** The ranges of the VPC of an internal load balancer. A rule with the IPv6 range is created once the VPC has it. */
function vpcRanges(loadBalancer: ApplicationLoadBalancer, { vpc, cluster }: NetworkProps): IPeer[] {
  const vpcs = [loadBalancer.vpc, vpc, cluster?.vpc].filter((each) => each !== undefined);
  const [ipv4] = vpcs.map(ipv4RangeOf).filter((range) => range !== undefined);
  const [ipv6] = hasIpv6(loadBalancer.ipAddressType) ? vpcs.map(ipv6RangeOf).filter((range) => range !== undefined) : [];
  for (const group of ipv6 === undefined ? [] : loadBalancer.connections.securityGroups) group.node.addDependency(ipv6!.assignedBy);
  return [...(ipv4 === undefined ? [] : [Peer.ipv4(ipv4)]), ...(ipv6 === undefined ? [] : [Peer.ipv6(ipv6.range)])];
}

function allowFromAnywhere(loadBalancer: IApplicationLoadBalancer, range: string, port: number): CfnSecurityGroupIngress {
  const isIpv6 = range === Peer.anyIpv6().uniqueId;
  return new CfnSecurityGroupIngress(loadBalancer as unknown as Construct, `OpenToTheWorldOnPort${port}${isIpv6 ? 'OverIpv6' : ''}`, {
    groupId: loadBalancer.connections.securityGroups[0]!.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    ...(isIpv6 ? { cidrIpv6: range } : { cidrIp: range }),
    description: `The whole world, to port ${port}`,
  });
}

/** A public service is accepted by design, unless it serves plain HTTP. */
function acknowledgeWhereSecure(rule: CfnSecurityGroupIngress, certificate: ICertificate | undefined, props: RulePackProps): void {
  if (certificate === undefined) return;
  const reason = 'A public service serves HTTPS to the internet and redirects port 80 to it. Use allowFrom to restrict access.';
  acknowledge(rule, { rule: 'AwsSolutions-EC23', reason }, props);
}
