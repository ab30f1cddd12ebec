import { Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  IpProtocol,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { hasIpv6 } from '../load-balancer/ip-address-type';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import { sharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import type { MovingProps } from '../moving/moving-props';
import { patternOf } from '../moving/pattern-facts';
import { createLogGroup } from '../observability/log-group';
import type { SharedObservabilityProps } from '../observability/observability-props';
import { Network, type NetworkProps } from './network';
import { subnetLayoutOf } from './subnet-layout';
import { type CalledService, type EndpointsOfService, endpointsOf, VpcEndpoints } from './vpc-endpoints';

/**
 * The VPC of the props, or a new one.
 *
 * @param called the services that the tasks call, besides those that every task calls.
 */
export function networkOf(
  scope: Construct,
  props: NetworkProps & LoadBalancerProps & SharedObservabilityProps & MovingProps,
  called: readonly CalledService[],
): ServiceNetwork {
  const vpc = props.vpc ?? props.cluster?.vpc ?? sharedLoadBalancer(props)?.vpc;
  return vpc === undefined ? createNetwork(scope, props, called) : existingNetwork(scope, vpc, props, called);
}

/** An element of a list that only the deployment knows. */
const LIST_TOKEN = /^#\{Token\[/;

/** The number of Availability Zones that the tasks are spread over; undefined where the subnets do not say, or have yet to be looked up. */
export function zonesOf({ vpc, taskSubnets }: ServiceNetwork): number | undefined {
  const { subnets, isPendingLookup } = vpc.selectSubnets(taskSubnets);
  const zones = subnets.map(zoneOf);
  if (isPendingLookup || zones.some((zone) => zone === undefined || LIST_TOKEN.test(zone))) return undefined;
  return new Set(zones).size;
}

/** A subnet that was imported by its id has none, and throws an error. */
function zoneOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}

const TASK_SUBNET_TYPES = {
  isolated: SubnetType.PRIVATE_ISOLATED,
  nat: SubnetType.PRIVATE_WITH_EGRESS,
  public: SubnetType.PUBLIC,
} as const;

/** Creates a VPC. By default it has no route from the tasks to the Internet. */
export function createNetwork(
  scope: Construct,
  props: NetworkProps & LoadBalancerProps & SharedObservabilityProps,
  called: readonly CalledService[],
): ServiceNetwork {
  const network = props.network ?? Network.isolatedWithEndpoints();
  const isClosed = network._kind === 'isolated';
  const vpc = createVpc(scope, network, props);
  if (props.flowLogs ?? DEFAULTS.flowLogs) logFlows(scope, vpc, props);
  const taskSubnets: SubnetSelection = props.taskSubnets ?? { subnetType: TASK_SUBNET_TYPES[network._kind] };
  const endpoints = isClosed ? new VpcEndpoints(scope, vpc, props.vpcCidr ?? DEFAULTS.vpcCidr, taskSubnets).forService() : undefined;
  endpoints?.require(...called);
  return {
    vpc,
    taskSubnets,
    taskSecurityGroups: props.taskSecurityGroups ?? [createTaskSecurityGroup(scope, vpc, isClosed)],
    hasPublicTasks: network._kind === 'public',
    natVersusEndpoints: endpoints
      ? [...vpc.isolatedSubnets, endpoints.dependencies]
      : [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished],
    isClosed,
    endpoints,
  };
}

function createVpc(scope: Construct, network: Network, { vpcCidr, maxAzs, ipAddressType }: NetworkProps & LoadBalancerProps): Vpc {
  const { cidrMask, zones: layoutZones } = subnetLayoutOf(vpcCidr);
  const zones = Math.min(maxAzs ?? DEFAULTS.maxAzs, Stack.of(scope).availabilityZones.length);
  // the load balancer and public tasks request a public address themselves.
  const publicSubnets = { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask, mapPublicIpOnLaunch: false };
  const privateSubnets = { name: 'Private', subnetType: TASK_SUBNET_TYPES[network._kind], cidrMask };
  return new Vpc(scope, 'Vpc', {
    ipAddresses: IpAddresses.cidr(vpcCidr ?? DEFAULTS.vpcCidr),
    ipProtocol: hasIpv6(ipAddressType) ? IpProtocol.DUAL_STACK : undefined,
    maxAzs: zones,
    reservedAzs: layoutZones - zones,
    natGateways: network._kind === 'nat' ? (network._natGateways ?? zones) : 0,
    subnetConfiguration: network._kind === 'public' ? [publicSubnets] : [publicSubnets, privateSubnets],
  });
}

/** Adds flow logs, with their own log group. */
function logFlows(scope: Construct, vpc: Vpc, props: SharedObservabilityProps): void {
  const destination = FlowLogDestination.toCloudWatchLogs(createLogGroup(scope, 'FlowLogGroup', props));
  vpc.addFlowLog('FlowLog', { destination, trafficType: FlowLogTrafficType.ALL });
}

/** The same in every network: another description would replace the security group. */
const TASK_GROUP_DESCRIPTION = 'Tasks: in from the load balancer';

/**
 * Creates the security group of the tasks. With endpoints only, egress is limited to HTTPS.
 *
 * HTTPS to any address, because S3 and DynamoDB have public addresses, in prefix lists whose ids differ by region and can only be looked up
 * in an account. The route tables restrict it: from an isolated subnet they route to the VPC, S3 and DynamoDB.
 */
function createTaskSecurityGroup(scope: Construct, vpc: IVpc, isClosed: boolean): SecurityGroup {
  const group = new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: TASK_GROUP_DESCRIPTION, allowAllOutbound: !isClosed });
  if (isClosed) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To the endpoints');
  return group;
}

/** Uses an existing VPC. The tasks have egress to any address. In a VPC that another service has created with endpoints, they use these. */
export function existingNetwork(
  scope: Construct,
  vpc: IVpc,
  props: NetworkProps & MovingProps,
  called: readonly CalledService[],
): ServiceNetwork {
  const taskSubnets = taskSubnetsIn(vpc, props);
  const isClosed = isIsolated(vpc, taskSubnets);
  const endpoints = isClosed ? endpointsOf(vpc)?.forService() : undefined;
  endpoints?.require(...called);
  return {
    vpc,
    taskSubnets,
    // without one, the CDK creates it below the service, where that of a pattern is.
    taskSecurityGroups: props.taskSecurityGroups ?? (patternOf(props) === undefined ? [createTaskSecurityGroup(scope, vpc, false)] : []),
    hasPublicTasks: props.network?._kind === 'public',
    natVersusEndpoints: [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished, ...(endpoints ? [endpoints.dependencies] : [])],
    isClosed,
    endpoints,
  };
}

/** Whether all subnets of a selection are isolated ones. */
function isIsolated(vpc: IVpc, selection: SubnetSelection): boolean {
  const isolated = new Set(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
  return vpc.selectSubnets(selection).subnets.every(({ subnetId }) => isolated.has(subnetId));
}

/** The subnets of the tasks in an existing VPC. */
export function taskSubnetsIn(vpc: IVpc, { network, taskSubnets }: NetworkProps): SubnetSelection {
  if (taskSubnets !== undefined) return taskSubnets;
  switch (network?._kind) {
    case 'isolated':
      return { subnets: vpc.isolatedSubnets };
    case 'nat':
      return { subnets: vpc.privateSubnets };
    case 'public':
      return { subnets: vpc.publicSubnets };
    default:
      return { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets };
  }
}

/** The network of the load balancer and the tasks. */
export interface ServiceNetwork {
  readonly vpc: IVpc;
  readonly taskSubnets: SubnetSelection;
  readonly taskSecurityGroups: readonly ISecurityGroup[];

  /** Whether each task has a public IP address. */
  readonly hasPublicTasks: boolean;

  /** The resources that a task needs before it can start. */
  readonly natVersusEndpoints: readonly IDependable[];

  /** Whether all tasks are in isolated subnets: they can pull an image from ECR only. */
  readonly isClosed: boolean;

  /** The endpoints of the tasks, in a VPC that was created with them. */
  readonly endpoints?: EndpointsOfService;
}
