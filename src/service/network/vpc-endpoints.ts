import {
  type Connections,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';

/** Image layers come from S3. The endpoint of DynamoDB is free, and many stateless services keep their state there. */
const GATEWAYS = {
  S3: GatewayVpcEndpointAwsService.S3,
  DynamoDb: GatewayVpcEndpointAwsService.DYNAMODB,
};

/** The services that every task calls: to log in to the registry, to pull the image, and to write the log. */
const CALLED_BY_ALL = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
};

/** The services that only some tasks call. Each interface endpoint is billed by the hour in each zone. */
const CALLED_BY_SOME = {
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  SystemsManager: InterfaceVpcEndpointAwsService.SSM,
  ExecuteCommand: InterfaceVpcEndpointAwsService.SSM_MESSAGES,
  Kms: InterfaceVpcEndpointAwsService.KMS,
  XRay: InterfaceVpcEndpointAwsService.XRAY,
  Ecs: InterfaceVpcEndpointAwsService.ECS,
  EcsAgent: InterfaceVpcEndpointAwsService.ECS_AGENT,
  EcsTelemetry: InterfaceVpcEndpointAwsService.ECS_TELEMETRY,
  AutoScaling: InterfaceVpcEndpointAwsService.AUTOSCALING,
  CloudFormation: InterfaceVpcEndpointAwsService.CLOUDFORMATION,
};

/** A service that only some tasks call. */
export type CalledService = keyof typeof CALLED_BY_SOME;

/** The names of the endpoints that tasks in isolated subnets need, such as `ecr.api`. */
export function endpointNamesFor(called: readonly CalledService[]): string[] {
  const interfaces = [...Object.values(CALLED_BY_ALL), ...called.map((name) => CALLED_BY_SOME[name])];
  return [...interfaces.map(({ shortName }) => shortName), 's3'];
}

/** The endpoints of the VPCs that were created with them. */
const ENDPOINTS = new WeakMap<IVpc, VpcEndpoints>();

/** The endpoints of a VPC that was created with them; undefined for any other. */
export function endpointsOf(vpc: IVpc): VpcEndpoints | undefined {
  return ENDPOINTS.get(vpc);
}

/**
 * The VPC endpoints of a VPC whose tasks have no other outbound access.
 *
 * All services in the VPC share them. A service that joins the VPC later adds those that it calls.
 */
export class VpcEndpoints {
  private readonly group: SecurityGroup;
  private readonly forAll: IDependable[];

  /** Creates the endpoints that every task needs. */
  public constructor(
    scope: Construct,
    private readonly vpc: Vpc,
    vpcCidr: string,
    private readonly subnets: SubnetSelection,
  ) {
    ENDPOINTS.set(vpc, this);
    const gateways = Object.entries(GATEWAYS).map(([id, service]) => vpc.addGatewayEndpoint(id, { service, subnets: [subnets] }));
    this.group = createSecurityGroup(scope, vpc, vpcCidr);
    this.forAll = [...gateways, ...Object.entries(CALLED_BY_ALL).map(([id, service]) => this.create(id, service))];
  }

  /** The connections of the interface endpoints, for clients outside of the VPC. */
  public get connections(): Connections {
    return this.group.connections;
  }

  /** The endpoints that one service depends on. */
  public forService(): EndpointsOfService {
    return new EndpointsOfService(this, this.forAll);
  }

  /** The endpoint of a service that only some tasks call. It is created when the first of them needs it. */
  public endpointFor(called: CalledService): IDependable {
    return this.vpc.node.tryFindChild(called) ?? this.create(called, CALLED_BY_SOME[called]);
  }

  private create(id: string, service: InterfaceVpcEndpointAwsService): IDependable {
    return this.vpc.addInterfaceEndpoint(id, { service, subnets: this.subnets, securityGroups: [this.group], open: false });
  }
}

/** The endpoints that one service depends on, among those of its VPC. */
export class EndpointsOfService {
  /** The endpoints, also those that are added later. */
  public readonly dependencies: DependencyGroup;

  public constructor(
    private readonly all: VpcEndpoints,
    forAll: readonly IDependable[],
  ) {
    this.dependencies = new DependencyGroup(...forAll);
  }

  public get connections(): Connections {
    return this.all.connections;
  }

  public require(...called: readonly CalledService[]): void {
    this.dependencies.add(...called.map((name) => this.all.endpointFor(name)));
  }
}

/**
 * The security group of the endpoints.
 *
 * It admits the range of the VPC and not the security groups of the tasks: they differ from service to service, and change with the props, while
 * running tasks and the next ones still need the endpoints. IAM decides what a client may call.
 */
function createSecurityGroup(scope: Construct, vpc: Vpc, vpcCidr: string): SecurityGroup {
  const group = new SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'Endpoints: in from the VPC',
    allowAllOutbound: false,
  });
  // the range as it is written: rules that look for ranges cannot read a reference.
  group.addIngressRule(Peer.ipv4(vpcCidr), Port.HTTPS, 'From the VPC');
  return group;
}
