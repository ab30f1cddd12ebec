import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type ISecurityGroup,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import type { ServiceNetwork } from './service-network';

const TASK_SUBNETS = { subnetType: SubnetType.PRIVATE_ISOLATED };

/** To log in to the registry, to pull from it, and to write the log. */
const INTERFACES = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
};

/** The layers of an image come from S3. DynamoDB costs nothing to add, and a stateless service keeps its state somewhere. */
const GATEWAYS = {
  S3: GatewayVpcEndpointAwsService.S3,
  DynamoDb: GatewayVpcEndpointAwsService.DYNAMODB,
};

/** The zones of a network that is made. */
export const ZONES = 2;

/** What the network is billed for: each endpoint stands in each of its zones. */
export const CREATED_NETWORK = { loadBalancerNodes: ZONES, natGateways: 0, interfaceEndpoints: ZONES * Object.keys(INTERFACES).length };

/** A network over two zones from which no way leads to the Internet: endpoints take the place of NAT gateways. */
export function createNetwork(scope: Construct): ServiceNetwork {
  const vpc = createVpc(scope);
  const taskSecurityGroup = createTaskSecurityGroup(scope, vpc);
  const endpoints = [...createGateways(vpc), ...createInterfaces(scope, vpc, taskSecurityGroup)];
  return {
    vpc,
    taskSubnets: TASK_SUBNETS,
    taskSecurityGroup,
    waysOut: [...vpc.isolatedSubnets, ...endpoints],
    isClosed: true,
  };
}

function createVpc(scope: Construct): Vpc {
  return new Vpc(scope, 'Vpc', {
    maxAzs: ZONES,
    natGateways: 0,
    subnetConfiguration: [
      // the load balancer brings addresses of its own.
      { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      { name: 'Private', ...TASK_SUBNETS },
    ],
  });
}

/**
 * Tasks may open HTTPS connections and no others.
 *
 * To anywhere, because S3 and DynamoDB have public addresses, in lists whose ids differ by region and can only be
 * looked up with an account at hand. The routes narrow it down: from an isolated subnet they lead to the VPC, S3 and DynamoDB.
 */
function createTaskSecurityGroup(scope: Construct, vpc: Vpc): SecurityGroup {
  const group = new SecurityGroup(scope, 'TaskSecurityGroup', {
    vpc,
    description: 'Tasks: in from the load balancer, out to the endpoints',
    allowAllOutbound: false,
  });
  group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To the endpoints');
  return group;
}

function createGateways(vpc: Vpc): IDependable[] {
  return Object.entries(GATEWAYS).map(([id, service]) => vpc.addGatewayEndpoint(id, { service, subnets: [TASK_SUBNETS] }));
}

function createInterfaces(scope: Construct, vpc: Vpc, tasks: ISecurityGroup): IDependable[] {
  const group = new SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'Endpoints: in from the tasks',
    allowAllOutbound: false,
  });
  group.addIngressRule(tasks, Port.HTTPS, 'From the tasks');
  return Object.entries(INTERFACES).map(([id, service]) =>
    vpc.addInterfaceEndpoint(id, { service, subnets: TASK_SUBNETS, securityGroups: [group], open: false }),
  );
}
