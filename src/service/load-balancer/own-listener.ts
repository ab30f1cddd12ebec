import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Port } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  type ApplicationLoadBalancer,
  ApplicationProtocol,
  type BaseApplicationListenerProps,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { TestTrafficOptions } from '../deployment/deployment';
import type { RulePackProps } from '../rule-packs/rule-pack-props';
import { HTTP_PORT, HTTPS_PORT, letIn, redirects } from './let-in';
import type { LoadBalancerProps } from './load-balancer-props';

/** Listens for HTTPS where there is a certificate, else for HTTP, and does with every request what the action says. */
export function createListener(
  loadBalancer: ApplicationLoadBalancer,
  certificate: ICertificate | undefined,
  defaultAction: ListenerAction,
  props: LoadBalancerProps & RulePackProps,
): ApplicationListener {
  letIn(loadBalancer, certificate, props);
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

function createRedirect(loadBalancer: ApplicationLoadBalancer): void {
  loadBalancer.addListener('HttpRedirect', {
    port: HTTP_PORT,
    protocol: ApplicationProtocol.HTTP,
    open: false,
    defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: String(HTTPS_PORT), permanent: true }),
  });
}
