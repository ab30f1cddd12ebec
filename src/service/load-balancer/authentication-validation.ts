import { Token } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ApplicationProtocolVersion, IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ValidationError, validationError } from '../../parse/validation-error';
import type { NetworkProps } from '../network/network';
import { SECONDS_PER_WEEK, secondsOf, wholeNumberErrors } from '../prop-rules';
import type { TargetGroupProps } from '../target-group/target-group-props';
import { facesInternet } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';

type Props = LoadBalancerProps & NetworkProps & TargetGroupProps;

const MAX_CLAIMS = 10;

/**
 * Returns an error for each rule of authentication that the props break.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
export function authenticationErrors(props: Props): ValidationError[] {
  const { authentication, protocolVersion } = props;
  if (authentication === undefined) return [];
  const { sessionTimeout, additionalClaims = [], jwksEndpoint } = authentication._options;
  const endpoints = [jwksEndpoint].filter((endpoint) => endpoint !== undefined);
  return [
    ...(protocolVersion === undefined || protocolVersion === ApplicationProtocolVersion.HTTP1
      ? []
      : [
          validationError('authentication', `be left out with protocolVersion ${protocolVersion}, to which a rule can only forward`, 'one'),
        ]),
    ...routeErrors(props),
    ...wholeNumberErrors('authentication.sessionTimeout', secondsOf(sessionTimeout), 1, SECONDS_PER_WEEK, 'seconds'),
    ...endpoints
      .filter((endpoint) => !isHttpsUrl(endpoint))
      .map((endpoint) => validationError('authentication.jwksEndpoint', 'be a full URL that begins with https://', `'${endpoint}'`)),
    ...(additionalClaims.length > MAX_CLAIMS
      ? [validationError('authentication.additionalClaims', `be at most ${MAX_CLAIMS} claims`, additionalClaims.length)]
      : []),
  ];
}

function isHttpsUrl(url: string): boolean {
  return Token.isUnresolved(url) || /^https:\/\/[^/]+\/./.test(url);
}

/**
 * The load balancer calls the identity provider over IPv4. Without a public IPv4 address of its own it needs a NAT gateway: a public subnet routes
 * to an Internet gateway, which drops what comes from a private address
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html).
 *
 * In a new VPC all routes are known. For other networks there is a warning.
 */
function routeErrors(props: Props): ValidationError[] {
  const isNew = props.vpc === undefined && props.cluster === undefined && props.listener === undefined && props.loadBalancer === undefined;
  if (!isNew) return [];
  if (facesInternet(props)) {
    return props.ipAddressType === IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4
      ? [
          validationError(
            'ipAddressType',
            'be IpAddressType.DUAL_STACK beside authentication, as the load balancer calls the identity provider over IPv4',
            'DUAL_STACK_WITHOUT_PUBLIC_IPV4',
          ),
        ]
      : [];
  }
  const subnets = loadBalancerSubnetsOf(props);
  if (subnets === 'nat') return [];
  return [
    validationError(
      props.network?._kind === 'nat' ? 'loadBalancerSubnets' : 'network',
      `be ${props.network?._kind === 'nat' ? 'left out' : 'Network.privateWithNat()'} for the authentication of an internal load balancer, which calls the identity provider`,
      subnets === 'public' ? 'public subnets, in which it has no public IP address' : 'isolated subnets',
    ),
  ];
}

/** The subnets of an internal load balancer in a new VPC. */
function loadBalancerSubnetsOf({ network, loadBalancerSubnets }: Props): 'isolated' | 'nat' | 'public' {
  const kind = network?._kind ?? 'isolated';
  const { subnetType, subnetGroupName } = loadBalancerSubnets ?? {};
  return subnetType === SubnetType.PUBLIC || subnetGroupName === 'Public' ? 'public' : kind;
}
