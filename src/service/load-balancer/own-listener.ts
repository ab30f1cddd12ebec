import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type IPeer, Peer, Port } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  type ApplicationLoadBalancer,
  ApplicationProtocol,
  type BaseApplicationListenerProps,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DEFAULTS } from '../../plan/default-plan';
import type { TestTrafficOptions } from '../deployment/deployment';
import { facesInternet } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** Listens for HTTPS where there is a certificate, else for HTTP, and does with every request what the action says. */
export function createListener(
  loadBalancer: ApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  defaultAction: ListenerAction,
  props: LoadBalancerProps,
): ApplicationListener {
  letIn(loadBalancer, portsOf(certificate, props), props);
  if (certificate === undefined) {
    return loadBalancer.addListener('Listener', { port: HTTP_PORT, protocol: ApplicationProtocol.HTTP, open: false, defaultAction });
  }
  if (redirects(props)) createRedirect(loadBalancer);
  return loadBalancer.addListener('Listener', { port: HTTPS_PORT, ...secured(certificate, props), open: false, defaultAction });
}

/** Listens on another port for those who try a new version. What no rule sends on is not found. */
export function createTestListener(
  loadBalancer: ApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  { port, allowedFrom }: TestTrafficOptions,
  props: LoadBalancerProps,
): ApplicationListener {
  for (const peer of allowedFrom) loadBalancer.connections.allowFrom(peer, Port.tcp(port), `To port ${port}`);
  return loadBalancer.addListener('TestListener', {
    port,
    ...(certificate === undefined ? { protocol: ApplicationProtocol.HTTP } : secured(certificate, props)),
    open: false,
    defaultAction: ListenerAction.fixedResponse(404),
  });
}

function secured(
  certificate: ICertificate,
  props: LoadBalancerProps,
): Pick<BaseApplicationListenerProps, 'protocol' | 'certificates' | 'sslPolicy'> {
  return { protocol: ApplicationProtocol.HTTPS, certificates: [certificate], sslPolicy: props.sslPolicy ?? SslPolicy.TLS13_RES };
}

function redirects(props: LoadBalancerProps): boolean {
  return props.redirectHttp ?? DEFAULTS.redirectHttp;
}

function createRedirect(loadBalancer: ApplicationLoadBalancer): void {
  loadBalancer.addListener('HttpRedirect', {
    port: HTTP_PORT,
    protocol: ApplicationProtocol.HTTP,
    open: false,
    defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: String(HTTPS_PORT), permanent: true }),
  });
}

function portsOf(certificate: ICertificate | undefined, props: LoadBalancerProps): number[] {
  if (certificate === undefined) return [HTTP_PORT];
  return redirects(props) ? [HTTPS_PORT, HTTP_PORT] : [HTTPS_PORT];
}

function letIn(loadBalancer: ApplicationLoadBalancer, ports: readonly number[], props: LoadBalancerProps): void {
  for (const peer of props.allowedFrom ?? allowedByDefault(loadBalancer, props)) {
    for (const port of ports) loadBalancer.connections.allowFrom(peer, Port.tcp(port), `To port ${port}`);
  }
}

/** Whoever can reach the load balancer. A security group of the caller's says for itself whom it lets in. */
function allowedByDefault(loadBalancer: ApplicationLoadBalancer, props: LoadBalancerProps): IPeer[] {
  if (props.loadBalancerSecurityGroup !== undefined) return [];
  return facesInternet(props) ? [Peer.anyIpv4()] : [Peer.ipv4(loadBalancer.vpc!.vpcCidrBlock)];
}
