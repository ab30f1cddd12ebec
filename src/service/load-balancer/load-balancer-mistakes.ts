import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IDLE_TIMEOUT_SECONDS } from '../../plan/idle-timeout';
import { secondsOf } from '../seconds';
import { wholeNumberMistakes } from '../whole-number';
import { loadBalancerOf } from './entrance';
import type { LoadBalancerProps } from './load-balancer-props';
import { nameMistakes } from './name-mistakes';

/** What describes a load balancer of the service's own. */
const OF_AN_OWN_LOAD_BALANCER = [
  ...['internetFacing', 'allowedFrom', 'certificate', 'redirectHttp', 'sslPolicy', 'accessLogs', 'accessLogsBucket', 'firewall'],
  ...['deletionProtection', 'dropInvalidHeaders', 'idleTimeout', 'loadBalancerSubnets', 'loadBalancerSecurityGroup', 'loadBalancerName'],
] as const satisfies readonly (keyof LoadBalancerProps)[];

/** Returns one sentence for each rule of the way to the service that the props break. */
export function loadBalancerMistakes(scope: Construct, props: LoadBalancerProps): string[] {
  return [
    ...(props.listener === undefined ? ownMistakes(props) : sharedMistakes(props)),
    ...domainMistakes(props),
    ...certificateMistakes(scope, props),
    ...wholeNumberMistakes('idleTimeout', secondsOf(props.idleTimeout), IDLE_TIMEOUT_SECONDS.least, IDLE_TIMEOUT_SECONDS.most, 'seconds'),
    ...wholeNumberMistakes('priority', props.priority, 1, 50_000),
    ...wholeNumberMistakes('firewall.requestsPerFiveMinutes', props.firewall?._managed?.requestsPerFiveMinutes, 10, 2_000_000_000),
    ...nameMistakes('loadBalancerName', props.loadBalancerName),
  ];
}

function ownMistakes(props: LoadBalancerProps): string[] {
  const shared = (['conditions', 'priority', 'loadBalancer'] as const).filter((name) => props[name] !== undefined);
  return [
    ...shared.map((name) => `listener must be given beside ${name}, got none`),
    ...(props.accessLogs === false && props.accessLogsBucket !== undefined
      ? ['accessLogs must not be false beside accessLogsBucket, got false']
      : []),
    ...(props.accessLogsBucket?.encryptionKey === undefined
      ? []
      : ['accessLogsBucket must be encrypted with keys of S3, as Elastic Load Balancing writes to no other, got one with a key of KMS']),
    ...(props.allowedFrom?.length === 0 && props.loadBalancerSecurityGroup === undefined
      ? ['allowedFrom must name at least one peer, or be left out, got none']
      : []),
  ];
}

function sharedMistakes(props: LoadBalancerProps): string[] {
  const own = OF_AN_OWN_LOAD_BALANCER.filter((name) => props[name] !== undefined);
  return [
    ...own.map((name) => `${name} must be left out beside listener, whose load balancer is as it is, got one`),
    ...(props.conditions === undefined || props.conditions.length === 0 ? ['conditions must be given beside listener, got none'] : []),
    ...(props.priority === undefined ? ['priority must be given beside listener, got none'] : []),
    ...(loadBalancerOf(props.listener!, props) === undefined ? ['loadBalancer must be given beside an imported listener, got none'] : []),
  ];
}

function domainMistakes({ domainName, hostedZone, certificate, listener, sslPolicy, redirectHttp }: LoadBalancerProps): string[] {
  const isHttps = certificate !== undefined || domainName !== undefined;
  const needsHttps = [...(sslPolicy === undefined ? [] : ['sslPolicy']), ...(redirectHttp === true ? ['redirectHttp'] : [])];
  const zoneName = hostedZone?.zoneName;
  return [
    ...(isHttps || listener !== undefined
      ? []
      : needsHttps.map((name) => `certificate or domainName must be given beside ${name}, got neither`)),
    ...(domainName !== undefined && hostedZone === undefined && certificate === undefined && listener === undefined
      ? ['hostedZone or certificate must be given beside domainName, got neither']
      : []),
    ...(hostedZone !== undefined && domainName === undefined ? ['domainName must be given beside hostedZone, got none'] : []),
    ...(zoneName !== undefined && domainName !== undefined && !isWithin(domainName, zoneName)
      ? [`domainName must be ${zoneName} or end with .${zoneName}, which is the hostedZone, got ${domainName}`]
      : []),
  ];
}

function isWithin(domainName: string, zoneName: string): boolean {
  if (Token.isUnresolved(domainName) || Token.isUnresolved(zoneName)) return true;
  return domainName === zoneName || domainName.endsWith(`.${zoneName}`);
}

const REGION_OF_ARN = /^arn:[^:]+:acm:([^:]+):/;

function certificateMistakes(scope: Construct, { certificate }: LoadBalancerProps): string[] {
  const region = certificate && REGION_OF_ARN.exec(certificate.certificateArn)?.[1];
  const own = Stack.of(scope).region;
  if (region === undefined || Token.isUnresolved(region) || Token.isUnresolved(own) || region === own) return [];
  return [`certificate must be in ${own}, the region of its load balancer, got one in ${region}`];
}
