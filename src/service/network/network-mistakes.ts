import { Token } from 'aws-cdk-lib';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { DEFAULTS } from '../../plan/default-plan';
import { facesInternet } from '../load-balancer/load-balancer';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import { wholeNumberMistakes } from '../whole-number';
import type { NetworkProps } from './network-props';

type Props = NetworkProps & LoadBalancerProps;

/** Returns one sentence for each rule of a network that the props break. */
export function networkMistakes(props: Props): string[] {
  const { vpc, cluster } = props;
  const used = vpc ?? cluster?.vpc;
  if (used === undefined) return createdNetworkMistakes(props);
  const name = vpc === undefined ? 'the VPC of cluster' : 'vpc';
  return [
    ...(vpc !== undefined && cluster !== undefined ? differenceMistakes(vpc, cluster.vpc) : []),
    ...(['vpcCidr', 'availabilityZones', 'flowLogs'] as const)
      .filter((prop) => props[prop] !== undefined)
      .map((prop) => `${prop} must be left out beside a vpc or cluster of yours, got ${props[prop]}`),
    ...(props.network?._natGateways === undefined
      ? []
      : ['network must not ask for NAT gateways beside a vpc or cluster of yours, got some']),
    ...(props.listener === undefined && props.loadBalancerSubnets === undefined ? loadBalancerSubnetMistakes(name, used, props) : []),
    ...(props.taskSubnets === undefined ? taskSubnetMistakes(name, used, props) : []),
    ...(props.listener === undefined ? addressMistakes(used, props) : []),
  ];
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(1[6-9]|2[0-6])$/;
const MAX_ZONES = 6;

function createdNetworkMistakes({ vpcCidr, availabilityZones, network }: Props): string[] {
  const zones = availabilityZones ?? DEFAULTS.availabilityZones;
  return [
    ...(vpcCidr === undefined || Token.isUnresolved(vpcCidr) || isCidr(vpcCidr)
      ? []
      : [`vpcCidr must be an IPv4 range from /16 to /26, such as 10.1.0.0/16, got '${vpcCidr}'`]),
    ...wholeNumberMistakes('availabilityZones', availabilityZones, 2, MAX_ZONES),
    ...wholeNumberMistakes('network.natGateways', network?._natGateways, 1, zones),
  ];
}

function isCidr(text: string): boolean {
  const numbers = CIDR.exec(text)?.slice(1, 5) ?? ['256'];
  return numbers.every((number) => Number(number) <= 255);
}

function differenceMistakes(vpc: IVpc, ofCluster: IVpc): string[] {
  const [given, expected] = [vpc.vpcId, ofCluster.vpcId];
  // an id that only the deployment knows may turn out to be the one that is written down.
  const isComparable = Token.isUnresolved(given) === Token.isUnresolved(expected);
  return given !== expected && isComparable ? [`vpc must be the VPC of cluster (${nameOf(ofCluster)}), got ${nameOf(vpc)}`] : [];
}

function loadBalancerSubnetMistakes(name: string, vpc: IVpc, props: Props): string[] {
  if (!facesInternet(props)) return [];
  const zones = zonesOf(vpc.publicSubnets);
  return zones >= 2 ? [] : [`${name} must have public subnets in at least two zones for the load balancer, got ${zones}`];
}

function taskSubnetMistakes(name: string, vpc: IVpc, { network }: Props): string[] {
  const [kind, subnets] = askedFor(vpc, network?._kind);
  return subnets.length > 0 ? [] : [`${name} must have ${kind} subnets for the tasks, got none`];
}

function askedFor(vpc: IVpc, kind: 'isolated' | 'nat' | 'public' | undefined): [string, readonly ISubnet[]] {
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

/** Whom an internal load balancer lets in by itself is a question of the addresses of its VPC, which an imported one may not say. */
function addressMistakes(vpc: IVpc, props: Props): string[] {
  if (facesInternet(props) || props.allowedFrom !== undefined || props.loadBalancerSecurityGroup !== undefined) return [];
  return saysItsAddresses(vpc)
    ? []
    : ['allowedFrom must be given for an internal load balancer in a VPC that does not say its addresses, got none'];
}

function saysItsAddresses(vpc: IVpc): boolean {
  try {
    return vpc.vpcCidrBlock !== '';
  } catch {
    return false;
  }
}

function zonesOf(subnets: readonly ISubnet[]): number {
  return new Set(subnets.map((subnet) => subnet.availabilityZone)).size;
}

function nameOf(vpc: IVpc): string {
  return Token.isUnresolved(vpc.vpcId) ? vpc.node.path : vpc.vpcId;
}
