import {
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  type ISecurityGroup,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { createLogGroup } from '../observability/log-group';
import type { ObservabilityProps } from '../observability/observability-props';
import { type CalledServices, createEndpoints } from './endpoints';
import { Network } from './network';
import type { NetworkProps } from './network-props';
import type { ServiceNetwork } from './service-network';

const TASK_SUBNET_TYPES = {
  isolated: SubnetType.PRIVATE_ISOLATED,
  nat: SubnetType.PRIVATE_WITH_EGRESS,
  public: SubnetType.PUBLIC,
} as const;

/** A network of the service's own. Without a word from the caller no way leads from it to the Internet. */
export function createNetwork(scope: Construct, props: NetworkProps & ObservabilityProps, called: CalledServices): ServiceNetwork {
  const network = props.network ?? Network.privateWithEndpoints();
  const isClosed = network._kind === 'isolated';
  const vpc = createVpc(scope, network, props);
  if (props.flowLogs ?? DEFAULTS.flowLogs) logFlows(scope, vpc, props);
  const taskSubnets: SubnetSelection = props.taskSubnets ?? { subnetType: TASK_SUBNET_TYPES[network._kind] };
  const taskSecurityGroups = props.taskSecurityGroups ?? [createTaskSecurityGroup(scope, vpc, isClosed)];
  return {
    vpc,
    taskSubnets,
    taskSecurityGroups,
    hasPublicTasks: network._kind === 'public',
    waysOut: isClosed ? closedWaysOut(scope, vpc, taskSubnets, taskSecurityGroups, called) : openWaysOut(vpc, taskSubnets),
    isClosed,
  };
}

function createVpc(scope: Construct, network: Network, props: NetworkProps): Vpc {
  const isPublic = network._kind === 'public';
  const privateSubnets = { name: 'Private', subnetType: TASK_SUBNET_TYPES[network._kind] };
  return new Vpc(scope, 'Vpc', {
    ipAddresses: IpAddresses.cidr(props.vpcCidr ?? DEFAULTS.vpcCidr),
    maxAzs: props.availabilityZones ?? DEFAULTS.availabilityZones,
    natGateways: network._kind === 'nat' ? network._natGateways : 0,
    // what is public asks for its address itself: the load balancer always, a task where it has to.
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      ...(isPublic ? [] : [privateSubnets]),
    ],
  });
}

/** Writes down every connection in the network, in a log of its own. */
function logFlows(scope: Construct, vpc: Vpc, props: ObservabilityProps): void {
  const destination = FlowLogDestination.toCloudWatchLogs(createLogGroup(scope, 'FlowLogGroup', props));
  vpc.addFlowLog('FlowLog', { destination, trafficType: FlowLogTrafficType.ALL });
}

/**
 * Tasks may open HTTPS connections and no others where there are endpoints alone, else any: where to is for the routes to say.
 *
 * HTTPS to anywhere, because S3 and DynamoDB have public addresses, in lists whose ids differ by region and can only be
 * looked up with an account at hand. The routes narrow it down: from an isolated subnet they lead to the VPC, S3 and DynamoDB.
 */
function createTaskSecurityGroup(scope: Construct, vpc: Vpc, isClosed: boolean): SecurityGroup {
  const description = isClosed ? 'Tasks: in from the load balancer, out to the endpoints' : 'Tasks: in from the load balancer';
  const group = new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description, allowAllOutbound: !isClosed });
  if (isClosed) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To the endpoints');
  return group;
}

function closedWaysOut(
  scope: Construct,
  vpc: Vpc,
  subnets: SubnetSelection,
  tasks: readonly ISecurityGroup[],
  called: CalledServices,
): ServiceNetwork['waysOut'] {
  return [...vpc.isolatedSubnets, ...createEndpoints(scope, vpc, subnets, tasks, called)];
}

function openWaysOut(vpc: Vpc, subnets: SubnetSelection): ServiceNetwork['waysOut'] {
  return [vpc.selectSubnets(subnets).internetConnectivityEstablished];
}
