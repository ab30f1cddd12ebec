import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AwsLogDriver, Cluster, ContainerImage, ContainerInsights, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';

/** The resources of a default `ScalableStatelessService`, in plain CDK. */
export function addPlainService(stack: Stack, imageFolder: string): void {
  const { vpc, tasks } = addNetwork(stack);
  const logs = new LogGroup(stack, 'LogGroup', { retention: RetentionDays.ONE_MONTH });
  const taskDefinition = new FargateTaskDefinition(stack, 'TaskDefinition', { cpu: 256, memoryLimitMiB: 512 });
  taskDefinition.addContainer('web', {
    image: ContainerImage.fromAsset(imageFolder),
    logging: new AwsLogDriver({ streamPrefix: 'web', logGroup: logs }),
    portMappings: [{ containerPort: 8080 }],
    readonlyRootFilesystem: true,
    user: '10001:10001',
  });
  const cluster = new Cluster(stack, 'Cluster', {
    vpc,
    containerInsightsV2: ContainerInsights.ENABLED,
    enableFargateCapacityProviders: true,
  });
  const pattern = new ApplicationLoadBalancedFargateService(stack, 'Service', {
    cluster,
    taskDefinition,
    taskSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [tasks],
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
  });
  pattern.targetGroup.configureHealthCheck({ path: '/health', interval: Duration.seconds(10), timeout: Duration.seconds(5) });
  const scaling = pattern.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  scaling.scaleOnRequestCount('Requests', { targetGroup: pattern.targetGroup, requestsPerTarget: 6000 });
  enableAccessLogs(stack, pattern);
  watch(stack, pattern);
}

function addNetwork(stack: Stack): { vpc: Vpc; tasks: SecurityGroup } {
  const vpc = new Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC },
      { name: 'Private', subnetType: SubnetType.PRIVATE_ISOLATED },
    ],
  });
  const flows = new LogGroup(stack, 'FlowLogGroup', { retention: RetentionDays.ONE_MONTH });
  vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(flows) });
  const tasks = new SecurityGroup(stack, 'Tasks', { vpc, allowAllOutbound: false });
  const endpoints = new SecurityGroup(stack, 'Endpoints', { vpc, allowAllOutbound: false });
  endpoints.addIngressRule(tasks, Port.HTTPS);
  vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
  const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS } = InterfaceVpcEndpointAwsService;
  for (const [id, service] of Object.entries({ EcrApi: ECR, EcrDocker: ECR_DOCKER, Logs: CLOUDWATCH_LOGS }))
    vpc.addInterfaceEndpoint(id, { service, securityGroups: [endpoints], open: false });
  return { vpc, tasks };
}

function enableAccessLogs(stack: Stack, { loadBalancer }: ApplicationLoadBalancedFargateService): void {
  const closed = { encryption: BucketEncryption.S3_MANAGED, blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true };
  const bucket = new Bucket(stack, 'AccessLogs', { ...closed, serverAccessLogsBucket: new Bucket(stack, 'Readers', closed) });
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
  const principals = [new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')];
  bucket.addToResourcePolicy(new PolicyStatement({ actions: ['s3:PutObject'], principals, resources: [bucket.arnForObjects('*')] }));
}

function watch(stack: Stack, { service, targetGroup }: ApplicationLoadBalancedFargateService): void {
  const { metrics } = targetGroup;
  const watched: Record<string, IMetric> = {
    Errors: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
    Slow: metrics.targetResponseTime({ statistic: 'p95' }),
    Unhealthy: metrics.unhealthyHostCount(),
    Healthy: metrics.healthyHostCount(),
    Cpu: service.metricCpuUtilization(),
    Memory: service.metricMemoryUtilization(),
    Requests: metrics.requestCountPerTarget(),
  };
  for (const [id, metric] of Object.entries(watched)) new Alarm(stack, `${id}Alarm`, { metric, threshold: 1, evaluationPeriods: 3 });
  const widgets = Object.entries(watched).map(([title, metric]) => new GraphWidget({ title, left: [metric] }));
  new Dashboard(stack, 'Dashboard', { widgets: [widgets] });
}
