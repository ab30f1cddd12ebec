import {
  ApplicationListener,
  ApplicationProtocol,
  ApplicationProtocolVersion,
  type CfnListener,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  IpAddressType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { IDLE_TIMEOUT_RANGE_SECONDS } from '../../plan/service-plan';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { NetworkProps } from '../network/network';
import { knownErrors, nameErrors, secondsOf, wholeNumberErrors } from '../prop-rules';
import type { TargetGroupProps } from '../target-group/target-group-props';
import { authenticationErrors } from './authentication-validation';
import { domainErrors } from './domain-validation';
import { importedLoadBalancerErrors } from './imported-load-balancer';
import { listenerPortOf, redirects } from './listener';
import { listensOn } from './listening-ports';
import { facesInternet } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';
import { sharedListenerErrors } from './shared-listener-validation';
import { HTTP_PORT } from './standard-ports';
import { webAclErrors } from './web-acl-validation';

type Props = LoadBalancerProps & NetworkProps & TargetGroupProps & DeploymentProps;

/** The props of a new load balancer. */
const NEW_LOAD_BALANCER_PROPS = [
  ...['internetFacing', 'accessLogs', 'accessLogsBucket', 'healthCheckLogs', 'webAcl', 'deletionProtection', 'dropInvalidHeaderFields'],
  ...['idleTimeout', 'ipAddressType', 'zonalShift', 'loadBalancerSubnets', 'loadBalancerSecurityGroup', 'loadBalancerName'],
] as const satisfies readonly (keyof LoadBalancerProps)[];

/** The props of a new listener. */
const NEW_LISTENER_PROPS = [
  ...['allowFrom', 'certificate', 'additionalCertificates', 'redirectHttp', 'sslPolicy', 'listenerPort'],
] as const satisfies readonly (keyof LoadBalancerProps)[];

/** Returns an error for each rule of load balancers, listeners and domain names that the props break. */
export function loadBalancerErrors(scope: Construct, props: Props): ValidationError[] {
  return [
    ...(props.listener === undefined ? ownListenerErrors(props) : sharedErrors(props.listener, props)),
    ...domainErrors(scope, props),
    ...importedLoadBalancerErrors(props),
    ...httpsErrors(props),
    ...authenticationErrors(props),
    ...wholeNumberErrors(
      'idleTimeout',
      secondsOf(props.idleTimeout),
      IDLE_TIMEOUT_RANGE_SECONDS.min,
      IDLE_TIMEOUT_RANGE_SECONDS.max,
      'seconds',
    ),
    ...webAclErrors(scope, props.webAcl),
    ...nameErrors('loadBalancerName', props.loadBalancerName),
  ];
}

/** The rules of a new listener, on a new or an existing load balancer. */
function ownListenerErrors(props: Props): ValidationError[] {
  const ofRule = (['conditions', 'priority', 'transforms'] as const).filter((name) => props[name] !== undefined);
  return [
    ...ofRule.map((name) => validationError('listener', `be given beside ${name}`)),
    ...wholeNumberErrors('listenerPort', props.listenerPort, 1, 65_535),
    // it is a part of ids and of the URL.
    ...knownErrors({ listenerPort: props.listenerPort }),
    ...(props.allowFrom?.length === 0 && props.loadBalancerSecurityGroup === undefined && props.loadBalancer === undefined
      ? [validationError('allowFrom', 'name at least one peer, or be left out')]
      : []),
    ...testPortErrors(props),
    ...(props.loadBalancer === undefined ? newLoadBalancerErrors(props) : existingLoadBalancerErrors(props.loadBalancer, props)),
  ];
}

function testPortOf({ deployment }: DeploymentProps): number | undefined {
  return deployment?._options.testTraffic?.port;
}

/** Each port has one listener. */
function testPortErrors(props: Props): ValidationError[] {
  const testPort = testPortOf(props);
  const port = listenerPortOf(isHttps(props) ? 'HTTPS' : 'HTTP', props);
  if (testPort === port) return [validationError('deployment.testTraffic.port', 'be another port than that of the listener', testPort)];
  return testPort === HTTP_PORT && isHttps(props) && redirects(props)
    ? [validationError('deployment.testTraffic.port', 'not be 80, which is redirected to HTTPS, unless redirectHttp is false', testPort)]
    : [];
}

function newLoadBalancerErrors(props: LoadBalancerProps): ValidationError[] {
  return [
    ...(props.accessLogs === false && props.accessLogsBucket !== undefined && props.healthCheckLogs !== true
      ? [validationError('accessLogs', 'not be false beside accessLogsBucket', false)]
      : []),
    ...(props.ipAddressType === IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4 && !facesInternet(props)
      ? [
          validationError(
            'ipAddressType',
            'be IpAddressType.DUAL_STACK for an internal load balancer, which has no public IPv4 addresses',
            'DUAL_STACK_WITHOUT_PUBLIC_IPV4',
          ),
        ]
      : []),
    ...(props.accessLogsBucket?.encryptionKey === undefined
      ? []
      : [
          validationError(
            'accessLogsBucket',
            'be encrypted with S3-managed keys (SSE-S3), as Elastic Load Balancing supports no other encryption',
            'one with a KMS key',
          ),
        ]),
  ];
}

function existingLoadBalancerErrors(loadBalancer: IApplicationLoadBalancer, props: Props): ValidationError[] {
  const port = listenerPortOf(isHttps(props) ? 'HTTPS' : 'HTTP', props);
  const testPort = testPortOf(props);
  return [
    ...leftOut(NEW_LOAD_BALANCER_PROPS, 'an existing load balancer', props),
    ...(listensOn(loadBalancer, port)
      ? [validationError('listenerPort', 'be a port on which loadBalancer does not listen yet', port)]
      : []),
    ...(props.redirectHttp === true && listensOn(loadBalancer, HTTP_PORT)
      ? [validationError('redirectHttp', 'be left out where loadBalancer listens on port 80 already', true)]
      : []),
    ...(testPort !== undefined && listensOn(loadBalancer, testPort)
      ? [validationError('deployment.testTraffic.port', 'be a port on which loadBalancer does not listen yet', testPort)]
      : []),
  ];
}

function leftOut(names: readonly (keyof LoadBalancerProps)[], beside: string, props: LoadBalancerProps): ValidationError[] {
  return names.filter((name) => props[name] !== undefined).map((name) => validationError(name, `be left out with ${beside}`, 'one'));
}

function sharedErrors(listener: IApplicationListener, props: LoadBalancerProps): ValidationError[] {
  return [
    ...leftOut([...NEW_LISTENER_PROPS, ...NEW_LOAD_BALANCER_PROPS], 'an existing listener', props),
    ...sharedListenerErrors(listener, props),
  ];
}

/** Whether the new listener uses HTTPS. */
function isHttps({ certificate, domainName }: LoadBalancerProps): boolean {
  return certificate !== undefined || domainName !== undefined;
}

/** The props that need an HTTPS listener. */
function httpsErrors(props: Props): ValidationError[] {
  const { protocolVersion, authentication, sslPolicy, redirectHttp, additionalCertificates } = props;
  const isNewVersion = protocolVersion !== undefined && protocolVersion !== ApplicationProtocolVersion.HTTP1;
  const needsHttps = Object.entries({
    sslPolicy: sslPolicy !== undefined,
    redirectHttp: redirectHttp === true,
    additionalCertificates: additionalCertificates !== undefined,
    authentication: authentication !== undefined,
    [`protocolVersion ${protocolVersion}`]: isNewVersion,
  });
  if (props.listener !== undefined) {
    return usesHttp(props.listener)
      ? needsHttps.flatMap(([name, isGiven]) => (isGiven ? [validationError('listener', `use HTTPS beside ${name}`, 'one of HTTP')] : []))
      : [];
  }
  if (isHttps(props)) return portErrors(props);
  return needsHttps.flatMap(([name, isGiven]) => (isGiven ? [`certificate or domainName must be given beside ${name}, got neither`] : []));
}

/** Whether an existing listener is known to use HTTP. The protocol of an imported one is not known. */
function usesHttp(listener: IApplicationListener): boolean {
  return listener instanceof ApplicationListener && (listener.node.defaultChild as CfnListener).protocol === ApplicationProtocol.HTTP;
}

/** With HTTPS, port 80 is that of the redirect. */
function portErrors(props: LoadBalancerProps): ValidationError[] {
  const { listenerPort } = props;
  return listenerPort === HTTP_PORT && redirects(props)
    ? [validationError('listenerPort', 'not be 80 with HTTPS, unless redirectHttp is false', listenerPort)]
    : [];
}
