import { Token } from 'aws-cdk-lib';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { DEFAULTS } from '../../plan/default-plan';
import { importedAttribute } from '../imported-attribute';
import { hasIpv6 } from '../load-balancer/ip-address-type';
import { facesInternet, isInternal } from '../load-balancer/load-balancer';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import { sharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import { isDummy } from '../placeholders';
import { knownErrors, wholeNumberErrors } from '../prop-rules';
import type { NetworkProps } from './network';
import { MAX_ZONES, subnetLayoutOf } from './subnet-layout';
import { ipv4RangeOf, ipv6RangeOf } from './vpc-ranges';

type Props = NetworkProps & LoadBalancerProps;

/** Returns an error for each rule of a network that the props break. */
export function networkErrors(props: Props): ValidationError[] {
  const loadBalancer = sharedLoadBalancer(props);
  const { cluster } = props;
  // both the CDK and this package read it, also where the same VPC is given.
  if (cluster !== undefined && importedAttribute(() => cluster.vpc) === undefined)
    return [validationError('cluster', UNKNOWN_VPC_OF_CLUSTER)];
  const used = props.vpc ?? cluster?.vpc ?? loadBalancer?.vpc;
  if (used !== undefined) return existingNetworkErrors(used, loadBalancer, props);
  return loadBalancer === undefined ? createdNetworkErrors(props) : [validationError('vpc', UNKNOWN_VPC)];
}

function existingNetworkErrors(used: IVpc, loadBalancer: IApplicationLoadBalancer | undefined, props: Props): ValidationError[] {
  const { vpc, cluster } = props;
  const name = nameOfUsed(props);
  const isNewLoadBalancer = props.listener === undefined && props.loadBalancer === undefined;
  return [
    ...(vpc !== undefined && cluster !== undefined ? differenceErrors('vpc', vpc, 'cluster', cluster.vpc) : []),
    ...(loadBalancer?.vpc === undefined ? [] : differenceErrors(name, used, sharedPropOf(props), loadBalancer.vpc)),
    ...(['vpcCidr', 'maxAzs', 'flowLogs'] as const)
      .filter((prop) => props[prop] !== undefined)
      .map((prop) => validationError(prop, 'be left out with a vpc or cluster of yours', props[prop])),
    ...(props.network?._natGateways === undefined
      ? []
      : [validationError('network', 'not set natGateways with a vpc or cluster of yours', 'some')]),
    ...(isNewLoadBalancer && props.loadBalancerSubnets === undefined ? loadBalancerSubnetErrors(name, used, props) : []),
    ...(props.taskSubnets === undefined ? taskSubnetErrors(name, used, props) : []),
    ...cidrBlockErrors(used, props),
  ];
}

const UNKNOWN_VPC_OF_CLUSTER = 'have a VPC: import it with Cluster.fromClusterAttributes, which takes one, and not by its ARN';

const UNKNOWN_VPC = 'be given beside a load balancer whose VPC is not known: it is the VPC of that load balancer';

/** The prop that the VPC is taken from. */
function nameOfUsed(props: Props): string {
  if (props.vpc !== undefined) return 'vpc';
  return `the VPC of ${props.cluster === undefined ? sharedPropOf(props) : 'cluster'}`;
}

/** A prop that names an existing load balancer. */
type SharedProp = 'listener' | 'loadBalancer';

function sharedPropOf({ listener }: Props): SharedProp {
  return listener === undefined ? 'loadBalancer' : 'listener';
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(1[6-9]|2[0-6])$/;

function createdNetworkErrors({ vpcCidr, maxAzs, network }: Props): ValidationError[] {
  const zones = maxAzs ?? DEFAULTS.maxAzs;
  return [
    ...(vpcCidr === undefined || Token.isUnresolved(vpcCidr) || isCidr(vpcCidr)
      ? layoutErrors(vpcCidr, zones)
      : [validationError('vpcCidr', 'be an IPv4 range from /16 to /26, such as 10.1.0.0/16', `'${vpcCidr}'`)]),
    // the CDK creates as many subnets and gateways at synthesis.
    ...knownErrors({ maxAzs }),
    ...(Token.isUnresolved(network?._natGateways)
      ? [validationError('network', 'have natGateways that are known at synthesis', 'a token')]
      : []),
    ...wholeNumberErrors('maxAzs', maxAzs, 2, MAX_ZONES),
    ...(Token.isUnresolved(zones) ? [] : wholeNumberErrors('network.natGateways', network?._natGateways, 1, zones)),
  ];
}

/** A small VPC has ranges for fewer zones. */
function layoutErrors(vpcCidr: string | undefined, zones: number): ValidationError[] {
  if (vpcCidr === undefined || Token.isUnresolved(vpcCidr) || Token.isUnresolved(zones) || zones > MAX_ZONES) return [];
  const { zones: max } = subnetLayoutOf(vpcCidr);
  return zones <= max ? [] : [validationError('maxAzs', [`be at most ${max} with `, { path: 'vpcCidr', value: vpcCidr }], zones)];
}

function isCidr(text: string): boolean {
  const numbers = CIDR.exec(text)?.slice(1, 5) ?? ['256'];
  return numbers.every((number) => Number(number) <= 255);
}

function differenceErrors(name: string, vpc: IVpc, owner: 'cluster' | SharedProp, ofOwner: IVpc): ValidationError[] {
  const [given, expected] = [vpc.vpcId, ofOwner.vpcId];
  // a token may resolve to the other id, and so may a lookup.
  const isComparable = Token.isUnresolved(given) === Token.isUnresolved(expected) && ![given, expected].some(isDummy);
  return given !== expected && isComparable
    ? [{ ...validationError(name, `be the VPC of ${owner} (${vpcNameOf(ofOwner)})`, vpcNameOf(vpc)), isDefault: false }]
    : [];
}

function loadBalancerSubnetErrors(name: string, vpc: IVpc, props: Props): ValidationError[] {
  if (!facesInternet(props) || isDummy(vpc.vpcId)) return [];
  const zones = zonesOf(vpc.publicSubnets);
  return zones >= 2
    ? []
    : [
        {
          ...validationError(name, 'have public subnets in at least two zones for the load balancer, or use internetFacing: false', zones),
          isDefault: false,
        },
      ];
}

function taskSubnetErrors(name: string, vpc: IVpc, { network }: Props): ValidationError[] {
  const [kind, subnets] = requestedSubnets(vpc, network?._kind);
  return subnets.length > 0 || isDummy(vpc.vpcId) ? [] : [validationError(name, `have ${kind} subnets for the tasks${otherNetworks(vpc)}`)];
}

/** What to write instead, for the subnets that the VPC has. */
function otherNetworks({ publicSubnets, privateSubnets, isolatedSubnets }: IVpc): string {
  const ways = [
    ...(privateSubnets.length > 0 ? ['Network.privateWithNat()'] : []),
    ...(isolatedSubnets.length > 0 ? ['Network.isolatedWithEndpoints()'] : []),
    ...(publicSubnets.length > 0 ? ['Network.public()'] : []),
  ];
  return ways.length === 0 ? '' : `, or use network: ${ways.join(' or ')}`;
}

function requestedSubnets(vpc: IVpc, kind: 'isolated' | 'nat' | 'public' | undefined): [string, readonly ISubnet[]] {
  switch (kind) {
    case 'isolated':
      return ['isolated', vpc.isolatedSubnets];
    case 'nat':
      return ['private', vpc.privateSubnets];
    case 'public':
      return ['public', vpc.publicSubnets];
    default:
      return ['private', [...vpc.privateSubnets, ...vpc.isolatedSubnets]];
  }
}

/** By default an internal load balancer allows ingress from the ranges of its VPC, which an imported VPC may not have. */
function cidrBlockErrors(used: IVpc, props: Props): ValidationError[] {
  const { loadBalancer, listener, allowFrom, loadBalancerSecurityGroup } = props;
  if (listener !== undefined || allowFrom !== undefined || loadBalancerSecurityGroup !== undefined) return [];
  const isOfApp = loadBalancer instanceof ApplicationLoadBalancer;
  if (loadBalancer === undefined ? facesInternet(props) : !isOfApp || !isInternal(loadBalancer)) return [];
  const vpcs = [used, ...(loadBalancer?.vpc === undefined ? [] : [loadBalancer.vpc])];
  const ipAddressType = isOfApp ? loadBalancer.ipAddressType : props.ipAddressType;
  return [
    ...(vpcs.some((vpc) => ipv4RangeOf(vpc) !== undefined)
      ? []
      : [validationError('allowFrom', 'be given for an internal load balancer in a VPC without a known CIDR block')]),
    ...(!hasIpv6(ipAddressType) || vpcs.some((vpc) => ipv6RangeOf(vpc) !== undefined)
      ? []
      : [validationError('allowFrom', 'be given for an internal dual-stack load balancer in a VPC without a known IPv6 CIDR block')]),
  ];
}

function zonesOf(subnets: readonly ISubnet[]): number {
  return new Set(subnets.map((subnet) => subnet.availabilityZone)).size;
}

export function vpcNameOf(vpc: IVpc): string {
  return Token.isUnresolved(vpc.vpcId) ? vpc.node.path : vpc.vpcId;
}
