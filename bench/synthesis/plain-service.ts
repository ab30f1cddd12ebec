import { CfnOutput, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import {
  CfnSecurityGroupIngress,
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AvailabilityZoneRebalancing,
  AwsLogDriver,
  Capability,
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { watch } from './plain-alarms';

/** The resources of a default `ScalableStatelessService`, with the same properties, in plain CDK. */
export function addPlainService(stack: Stack, imageFolder: string): void {
  const { vpc, tasks, endpoints } = addNetwork(stack);
  const cluster = new Cluster(stack, 'Cluster', {
    vpc,
    containerInsightsV2: ContainerInsights.ENABLED,
    enableFargateCapacityProviders: true,
  });
  const { taskDefinition, policies } = addTask(stack, imageFolder);
  const service = new FargateService(stack, 'Service', {
    cluster,
    taskDefinition,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [tasks],
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
    enableExecuteCommand: false,
    healthCheckGracePeriod: Duration.seconds(60),
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
  });
  service.node.defaultChild!.node.addDependency(cluster, ...policies, ...vpc.isolatedSubnets, ...endpoints);
  const { loadBalancer, targetGroup } = addLoadBalancer(stack, vpc, service);
  const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 6 });
  const cooldowns = { scaleOutCooldown: Duration.seconds(120), scaleInCooldown: Duration.seconds(300), disableScaleIn: false };
  scaling.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget: 6000, policyName: 'Requests', ...cooldowns });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50, policyName: 'Cpu', ...cooldowns });
  watch(stack, service, targetGroup);
  new CfnOutput(stack, 'ServiceURL', { value: `http://${loadBalancer.loadBalancerDnsName}` });
}

function addNetwork(stack: Stack) {
  const vpc = new Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 20, mapPublicIpOnLaunch: false },
      { name: 'Private', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
    ],
  });
  vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(addLogGroup(stack, 'FlowLogGroup')) });
  const tasks = new SecurityGroup(stack, 'Tasks', { vpc, description: 'Tasks: in from the load balancer', allowAllOutbound: false });
  tasks.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To the endpoints');
  const group = new SecurityGroup(stack, 'Endpoints', { vpc, description: 'Endpoints: in from the VPC', allowAllOutbound: false });
  group.addIngressRule(Peer.ipv4('10.0.0.0/16'), Port.HTTPS, 'From the VPC');
  const subnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
  const gateways = { S3: GatewayVpcEndpointAwsService.S3, DynamoDb: GatewayVpcEndpointAwsService.DYNAMODB };
  const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS } = InterfaceVpcEndpointAwsService;
  const interfaces = { EcrApi: ECR, EcrDocker: ECR_DOCKER, Logs: CLOUDWATCH_LOGS };
  const endpoints = [
    ...Object.entries(gateways).map(([id, service]) => vpc.addGatewayEndpoint(id, { service, subnets: [subnets] })),
    ...Object.entries(interfaces).map(([id, service]) =>
      vpc.addInterfaceEndpoint(id, { service, subnets, securityGroups: [group], open: false }),
    ),
  ];
  return { vpc, tasks, endpoints };
}

function addLogGroup(stack: Stack, id: string): LogGroup {
  return new LogGroup(stack, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
}

function addTask(stack: Stack, imageFolder: string) {
  const logGroup = addLogGroup(stack, 'LogGroup');
  const image = new DockerImageAsset(stack, 'Image', { directory: imageFolder, platform: Platform.LINUX_ARM64 });
  const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');
  const executionRole = new Role(stack, 'ExecutionRole', { assumedBy });
  const allow = (id: string, actions: string[], resource: string): Policy =>
    new Policy(stack, id, { roles: [executionRole], statements: [new PolicyStatement({ actions, resources: [resource] })] });
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
  const policies = [
    allow('Pull', pull, image.repository.repositoryArn),
    allow('Login', ['ecr:GetAuthorizationToken'], '*'),
    allow('Write', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
  ];
  const taskDefinition = new FargateTaskDefinition(stack, 'TaskDefinition', {
    cpu: 256,
    memoryLimitMiB: 512,
    executionRole: executionRole.withoutPolicyUpdates(),
    taskRole: new Role(stack, 'TaskRole', { assumedBy }),
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  const linuxParameters = new LinuxParameters(taskDefinition, 'LinuxParameters', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  taskDefinition.addContainer('web', {
    image: ContainerImage.fromDockerImageAsset(image),
    logging: new AwsLogDriver({ streamPrefix: 'task', logGroup }),
    portMappings: [{ containerPort: 8080 }],
    readonlyRootFilesystem: true,
    user: '10001:10001',
    stopTimeout: Duration.seconds(60),
    linuxParameters,
  });
  return { taskDefinition, policies: [executionRole, ...policies] };
}

function addLoadBalancer(stack: Stack, vpc: Vpc, service: FargateService) {
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc, internetFacing: true, idleTimeout: Duration.seconds(60) });
  enableAccessLogs(stack, loadBalancer);
  loadBalancer.setAttribute('zonal_shift.config.enabled', 'false');
  loadBalancer.setAttribute('routing.http.drop_invalid_header_fields.enabled', 'true');
  loadBalancer.setAttribute('health_check_logs.s3.enabled', 'false');
  const targetGroup = new ApplicationTargetGroup(stack, 'TargetGroup', {
    vpc,
    targetType: TargetType.IP,
    port: 8080,
    protocol: ApplicationProtocol.HTTP,
    targets: [service],
    deregistrationDelay: Duration.seconds(30),
    loadBalancingAlgorithmType: TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN,
    enableAnomalyMitigation: false,
    healthCheck: {
      path: '/health',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });
  targetGroup.setAttribute('slow_start.duration_seconds', '0');
  loadBalancer.addListener('Listener', { port: 80, open: false, defaultTargetGroups: [targetGroup] });
  new CfnSecurityGroupIngress(loadBalancer, 'Open', {
    groupId: loadBalancer.connections.securityGroups[0]!.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: 80,
    toPort: 80,
    cidrIp: '0.0.0.0/0',
    description: 'The whole world, to port 80',
  });
  return { loadBalancer, targetGroup };
}

function enableAccessLogs(stack: Stack, loadBalancer: ApplicationLoadBalancer): void {
  const closed = { encryption: BucketEncryption.S3_MANAGED, blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true };
  const kept = { ...closed, lifecycleRules: [{ expiration: Duration.days(365) }] };
  const readers = new Bucket(stack, 'Readers', kept);
  const bucket = new Bucket(stack, 'AccessLogs', kept);
  (bucket.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: readers.bucketName };
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
  const allowPut = (from: string, resource: string, conditions?: Record<string, unknown>): PolicyStatement =>
    new PolicyStatement({ actions: ['s3:PutObject'], principals: [new ServicePrincipal(from)], resources: [resource], conditions });
  const fromBucket = { ArnLike: { 'aws:SourceArn': bucket.bucketArn }, StringEquals: { 'aws:SourceAccount': stack.account } };
  readers.addToResourcePolicy(allowPut('logging.s3.amazonaws.com', readers.arnForObjects('*'), fromBucket));
  const objects = bucket.arnForObjects(`AWSLogs/${stack.account}/*`);
  bucket.addToResourcePolicy(allowPut('logdelivery.elasticloadbalancing.amazonaws.com', objects));
  loadBalancer.node.defaultChild!.node.addDependency(bucket.policy!);
}
