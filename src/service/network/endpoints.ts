import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type ISecurityGroup,
  Port,
  SecurityGroup,
  type SubnetSelection,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';

/** What a task calls besides what every task does. */
export interface CalledServices {
  readonly secretsManager: boolean;
  readonly systemsManager: boolean;
  readonly executeCommand: boolean;
  readonly xRay: boolean;
}

/** The layers of an image come from S3. DynamoDB costs nothing to add, and a stateless service keeps its state somewhere. */
const GATEWAYS = {
  S3: GatewayVpcEndpointAwsService.S3,
  DynamoDb: GatewayVpcEndpointAwsService.DYNAMODB,
};

/** The interface endpoints that tasks need: each costs by the hour in every zone, so that none is there for nothing. */
export function interfacesFor(called: CalledServices): Record<string, InterfaceVpcEndpointAwsService> {
  return {
    // to log in to the registry, to pull from it, and to write the log.
    EcrApi: InterfaceVpcEndpointAwsService.ECR,
    EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
    Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
    ...(called.secretsManager && { SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER }),
    ...(called.systemsManager && { SystemsManager: InterfaceVpcEndpointAwsService.SSM }),
    ...(called.executeCommand && { ExecuteCommand: InterfaceVpcEndpointAwsService.SSM_MESSAGES }),
    ...(called.xRay && { XRay: InterfaceVpcEndpointAwsService.XRAY }),
  };
}

/** Gives tasks in isolated subnets a way to the services that they call, and to nothing else. */
export function createEndpoints(
  scope: Construct,
  vpc: Vpc,
  subnets: SubnetSelection,
  tasks: readonly ISecurityGroup[],
  called: CalledServices,
): IDependable[] {
  const gateways = Object.entries(GATEWAYS).map(([id, service]) => vpc.addGatewayEndpoint(id, { service, subnets: [subnets] }));
  const group = createEndpointSecurityGroup(scope, vpc, tasks);
  const interfaces = Object.entries(interfacesFor(called)).map(([id, service]) =>
    vpc.addInterfaceEndpoint(id, { service, subnets, securityGroups: [group], open: false }),
  );
  return [...gateways, ...interfaces];
}

function createEndpointSecurityGroup(scope: Construct, vpc: Vpc, tasks: readonly ISecurityGroup[]): SecurityGroup {
  const group = new SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'Endpoints: in from the tasks',
    allowAllOutbound: false,
  });
  for (const task of tasks) group.addIngressRule(task, Port.HTTPS, 'From the tasks');
  return group;
}
