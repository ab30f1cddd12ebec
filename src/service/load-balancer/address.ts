import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ApplicationListener, type IApplicationListener, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { LoadBalancerProps } from './load-balancer-props';

/** The certificate that the service shows, where it has one: the caller's, or a new one that its zone vouches for. */
export function certificateOf(scope: Construct, { certificate, domainName, hostedZone }: LoadBalancerProps): ICertificate | undefined {
  if (certificate !== undefined || domainName === undefined || hostedZone === undefined) return certificate;
  return new Certificate(scope, 'Certificate', { domainName, validation: CertificateValidation.fromDns(hostedZone) });
}

/** Makes the name of the service lead to its load balancer, where there is a zone to write it into. */
export function nameLoadBalancer(scope: Construct, loadBalancer: IApplicationLoadBalancer, props: LoadBalancerProps): ARecord | undefined {
  if (props.domainName === undefined || props.hostedZone === undefined) return undefined;
  const target = RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer));
  return new ARecord(scope, 'Record', { zone: props.hostedZone, recordName: props.domainName, target });
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** Where the service is reached. A listener of which nothing is known is taken for one that speaks HTTPS where the service has a name. */
export function urlOf(listener: IApplicationListener, loadBalancer: IApplicationLoadBalancer, { domainName }: LoadBalancerProps): string {
  const assumed = domainName === undefined ? HTTP_PORT : HTTPS_PORT;
  const port = listener instanceof ApplicationListener ? listener.port : assumed;
  const host = domainName ?? loadBalancer.loadBalancerDnsName;
  if (port === HTTPS_PORT) return `https://${host}`;
  return port === HTTP_PORT ? `http://${host}` : `http://${host}:${port}`;
}
