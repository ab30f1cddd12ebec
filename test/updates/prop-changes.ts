import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, Peer, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  DeploymentLifecycleLambdaTarget,
  DeploymentLifecycleStage,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ListenerCondition,
  SslPolicy,
  TargetGroupLoadBalancingAlgorithmType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  Capacity,
  Deployment,
  HighResolutionMetrics,
  Network,
  PredictiveScaling,
  type ScalableStatelessServiceProps,
  ServerProfile,
  Tracing,
  WebAcl,
} from '../../src';
import type { UpdateOutcome } from '../../src/lint/lint-update';

type Props = (stack: Stack) => ScalableStatelessServiceProps;

/** How one prop may change on a running service. */
export interface PropChange {
  readonly prop: keyof ScalableStatelessServiceProps;

  /** What changes, for the page: `from → to`. */
  readonly what: string;
  readonly before: Props;
  readonly after: Props;
  readonly outcome: UpdateOutcome;

  /** The outcome of the change back, where it is another one. */
  readonly back?: UpdateOutcome;

  /** What changes for clients, or how to do it in two steps; required unless it is in place or a deployment. */
  readonly note?: string;
}

const functions = new Map<ScalableStatelessServiceProps, Props>();

/** The same function for the same props, so that their template is synthesized once. */
function asFunction(props: Props | ScalableStatelessServiceProps): Props {
  if (typeof props === 'function') return props;
  const known = functions.get(props) ?? (() => props);
  functions.set(props, known);
  return known;
}

/** A row of the page; props that need no stack are written as they are. */
export function row(
  prop: PropChange['prop'],
  what: string,
  before: Props | ScalableStatelessServiceProps,
  after: Props | ScalableStatelessServiceProps,
  outcome: UpdateOutcome,
  more: Pick<PropChange, 'back' | 'note'> = {},
): PropChange {
  return { prop, what, before: asFunction(before), after: asFunction(after), outcome, ...more };
}

export const DEFAULTS: ScalableStatelessServiceProps = {};
const ARN = 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

export const certificate = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Certificate', ARN);
const zone = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
export const vpc = (stack: Stack, id = 'Shared') =>
  Vpc.fromVpcAttributes(stack, id, {
    vpcId: `vpc-${id}`,
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-a', 'subnet-b'],
    privateSubnetIds: ['subnet-c', 'subnet-d'],
    isolatedSubnetIds: ['subnet-e', 'subnet-f'],
  });
const listener = (stack: Stack): Pick<ScalableStatelessServiceProps, 'vpc' | 'listener' | 'loadBalancer'> => {
  const group = SecurityGroup.fromSecurityGroupId(stack, 'BalancerGroup', 'sg-1');
  return {
    vpc: vpc(stack),
    listener: ApplicationListener.fromApplicationListenerAttributes(stack, 'SharedListener', {
      listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1/2',
      securityGroup: group,
    }),
    loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'SharedBalancer', {
      loadBalancerDnsName: 'shop.example.com',
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1',
      securityGroupId: 'sg-1',
    }),
  };
};
export const joined = (stack: Stack, priority = 10, path = '/shop'): ScalableStatelessServiceProps => ({
  ...listener(stack),
  priority,
  conditions: [ListenerCondition.pathPatterns([path])],
});

/** What several changes start from or lead to: one object or function each, so that their template is synthesized once. */
export const EXISTING_VPC: Props = (stack) => ({ vpc: vpc(stack) });
export const HTTPS: Props = (stack) => ({ certificate: certificate(stack) });
export const BLUE_GREEN: ScalableStatelessServiceProps = { deployment: Deployment.blueGreen() };
export const HTTPS_BLUE_GREEN: Props = (stack) => ({ ...HTTPS(stack), ...BLUE_GREEN });
export const JOINED_BLUE_GREEN: Props = (stack) => ({ ...joined(stack), ...BLUE_GREEN });
const PUBLISH_ONLY: ScalableStatelessServiceProps = { highResolutionMetrics: HighResolutionMetrics.PUBLISH_ONLY };
const PUBLISH_AND_SCALE: ScalableStatelessServiceProps = { highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE };

export const DNS = 'the DNS name of the load balancer changes: clients need a name of a hosted zone, or the new URL';
export const BESIDE = 'create a second service beside this one, move the clients to it, and remove this one';
const START = 'the new service starts with `minCapacity` tasks beside the old one, which ends with the update: raise `minCapacity` before';
export const TWO_GROUPS =
  'look which target group has the tasks; if it is the second one, deploy once more without this change; then change it';

/** How each prop may change. The order is that of the page. */
export const PROP_CHANGES: readonly PropChange[] = [
  row('vpc', 'new VPC → existing VPC', DEFAULTS, EXISTING_VPC, 'rejected', { note: BESIDE }),
  row('vpc', 'one VPC → another', EXISTING_VPC, (stack) => ({ vpc: vpc(stack, 'Other') }), 'outage', { note: BESIDE }),
  row(
    'cluster',
    'new cluster → existing cluster of the VPC',
    EXISTING_VPC,
    (stack) => ({ cluster: Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: 'fleet', vpc: vpc(stack) }) }),
    'replaced',
    { note: START },
  ),
  row('network', 'isolated → private with NAT', DEFAULTS, { network: Network.privateWithNat() }, 'in place'),
  row('network', 'isolated → public', DEFAULTS, { network: Network.public() }, 'new tasks one by one'),
  row('network', 'private with NAT → public', { network: Network.privateWithNat() }, { network: Network.public() }, 'new tasks one by one'),
  row(
    'taskSubnets',
    'private → isolated subnets',
    EXISTING_VPC,
    (stack) => ({ vpc: vpc(stack), taskSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
    'new tasks one by one',
  ),
  row(
    'taskSecurityGroups',
    'new → existing',
    EXISTING_VPC,
    (stack) => ({ vpc: vpc(stack), taskSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Tasks', 'sg-2')] }),
    'new tasks one by one',
  ),
  row('vpcCidr', '10.0.0.0/16 → 10.1.0.0/16', DEFAULTS, { vpcCidr: '10.1.0.0/16' }, 'rejected', { note: BESIDE }),
  row('maxAzs', '2 → 3', DEFAULTS, { maxAzs: 3 }, 'new tasks one by one'),
  row('flowLogs', 'true → false', DEFAULTS, { flowLogs: false }, 'in place'),
  row('internetFacing', 'true → false', DEFAULTS, { internetFacing: false }, 'replaced', { note: DNS }),
  row('allowFrom', 'any → a range', DEFAULTS, { allowFrom: [Peer.ipv4('10.0.0.0/8')] }, 'in place', {
    note: 'other clients can no longer connect',
  }),
  row('certificate', 'HTTP → HTTPS', DEFAULTS, HTTPS, 'in place', {
    note: 'requests on port 80 are redirected; on the way back port 443 no longer listens',
  }),
  row('certificate', 'HTTP → HTTPS, blue/green', BLUE_GREEN, HTTPS_BLUE_GREEN, 'outage', { note: TWO_GROUPS }),
  row(
    'domainName',
    'none → a name with its zone and certificate',
    DEFAULTS,
    (stack) => ({ domainName: 'shop.example.com', hostedZone: zone(stack) }),
    'in place',
    { note: 'requests on port 80 are redirected to HTTPS' },
  ),
  row(
    'hostedZone',
    'none → the zone of the name',
    (stack) => ({ certificate: certificate(stack), domainName: 'shop.example.com' }),
    (stack) => ({ certificate: certificate(stack), domainName: 'shop.example.com', hostedZone: zone(stack) }),
    'in place',
  ),
  row('redirectHttp', 'true → false', HTTPS, (stack) => ({ certificate: certificate(stack), redirectHttp: false }), 'in place', {
    note: 'port 80 no longer listens',
  }),
  row('sslPolicy', 'one policy → another', HTTPS, (stack) => ({ certificate: certificate(stack), sslPolicy: SslPolicy.TLS12 }), 'in place'),
  row('accessLogs', 'true → false', DEFAULTS, { accessLogs: false }, 'in place'),
  row(
    'accessLogsBucket',
    'new → existing',
    DEFAULTS,
    (stack) => ({ accessLogsBucket: Bucket.fromBucketName(stack, 'Logs', 'logs') }),
    'in place',
  ),
  row('webAcl', 'none → managed', DEFAULTS, { webAcl: WebAcl.managed() }, 'in place'),
  row('deletionProtection', 'false → true', DEFAULTS, { deletionProtection: true }, 'in place'),
  row('dropInvalidHeaderFields', 'true → false', DEFAULTS, { dropInvalidHeaderFields: false }, 'in place'),
  row('idleTimeout', '60 s → 120 s', DEFAULTS, { idleTimeout: Duration.seconds(120) }, 'in place'),
  row(
    'loadBalancerSubnets',
    'public → private subnets',
    EXISTING_VPC,
    (stack) => ({ vpc: vpc(stack), loadBalancerSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } }),
    'in place',
  ),
  row(
    'loadBalancerSecurityGroup',
    'new → existing',
    DEFAULTS,
    (stack) => ({ loadBalancerSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Balancer', 'sg-3') }),
    'in place',
  ),
  row('loadBalancerName', 'none → a name', DEFAULTS, { loadBalancerName: 'shop' }, 'replaced', { note: DNS }),
  row('listener', 'own load balancer → shared listener', EXISTING_VPC, joined, 'replaced', {
    back: 'new tasks one by one',
    note: DNS,
  }),
  row(
    'loadBalancer',
    'the load balancer of the listener',
    joined,
    (stack) => ({
      ...joined(stack),
      loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'OtherBalancer', {
        loadBalancerDnsName: 'shop.example.com',
        loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1',
        securityGroupId: 'sg-1',
      }),
    }),
    'in place',
  ),
  row('conditions', 'one path → another', joined, (stack) => joined(stack, 10, '/store'), 'in place', {
    note: 'requests of the old path are no longer served',
  }),
  row(
    'conditions',
    'one path → another, blue/green',
    JOINED_BLUE_GREEN,
    (stack) => ({ ...joined(stack, 10, '/store'), deployment: Deployment.blueGreen() }),
    'outage',
    { note: TWO_GROUPS },
  ),
  row('priority', '10 → 20', joined, (stack) => joined(stack, 20), 'in place'),
  row(
    'priority',
    '10 → 20, blue/green',
    JOINED_BLUE_GREEN,
    (stack) => ({ ...joined(stack, 20), deployment: Deployment.blueGreen() }),
    'outage',
    { note: TWO_GROUPS },
  ),
  row('healthCheck', '/health → /ready', DEFAULTS, { healthCheck: { path: '/ready' } }, 'in place', {
    note: 'add the new path to the container in a deployment before',
  }),
  row('deregistrationDelay', '30 s → 60 s', DEFAULTS, { deregistrationDelay: Duration.seconds(60) }, 'in place'),
  row(
    'loadBalancingAlgorithm',
    'round robin → least outstanding requests',
    DEFAULTS,
    { loadBalancingAlgorithm: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS },
    'in place',
  ),
  row(
    'enableAnomalyMitigation',
    'false → true',
    { loadBalancingAlgorithm: TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM },
    { loadBalancingAlgorithm: TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM, enableAnomalyMitigation: true },
    'in place',
  ),
  row('slowStart', 'none → 30 s', DEFAULTS, { slowStart: Duration.seconds(30) }, 'in place'),
  row('stickinessCookieDuration', 'none → an hour', DEFAULTS, { stickinessCookieDuration: Duration.hours(1) }, 'in place'),
  row('targetGroupName', 'none → a name', DEFAULTS, { targetGroupName: 'shop' }, 'outage', { note: BESIDE }),
  row(
    'image',
    'one image → another',
    DEFAULTS,
    { image: ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2') },
    'new tasks one by one',
  ),
  row('cpuArchitecture', 'X86_64 → ARM64', DEFAULTS, { cpuArchitecture: CpuArchitecture.ARM64 }, 'new tasks one by one'),
  row('containerPort', '8080 → 9090', DEFAULTS, { containerPort: 9090 }, 'new tasks one by one'),
  row('cpu', '256 → 512', DEFAULTS, { cpu: 512, memoryLimitMiB: 1024 }, 'new tasks one by one'),
  row('memoryLimitMiB', '512 → 1024', DEFAULTS, { memoryLimitMiB: 1024 }, 'new tasks one by one'),
  row('environment', 'none → a variable', DEFAULTS, { environment: { COLOR: 'blue' } }, 'new tasks one by one'),
  row(
    'secrets',
    'none → a parameter',
    DEFAULTS,
    (stack) => ({
      secrets: {
        KEY: Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/key' })),
      },
    }),
    'new tasks one by one',
  ),
  row('readonlyRootFilesystem', 'true → false', DEFAULTS, { readonlyRootFilesystem: false }, 'new tasks one by one'),
  row('writableDirectories', 'none → /tmp', DEFAULTS, { writableDirectories: ['/tmp'] }, 'new tasks one by one'),
  row('user', 'none → a user', DEFAULTS, { user: '10001' }, 'new tasks one by one'),
  row('dropCapabilities', 'false → true', DEFAULTS, { dropCapabilities: true }, 'new tasks one by one'),
  row('initProcessEnabled', 'true → false', DEFAULTS, { initProcessEnabled: false }, 'new tasks one by one'),
  row('stopTimeout', '60 s → 30 s', DEFAULTS, { stopTimeout: Duration.seconds(30) }, 'new tasks one by one'),
  row('ephemeralStorageGiB', '20 → 50', DEFAULTS, { ephemeralStorageGiB: 50 }, 'new tasks one by one'),
  row(
    'sidecars',
    'none → one',
    DEFAULTS,
    { sidecars: { agent: { image: ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1') } } },
    'new tasks one by one',
  ),
  row(
    'enableExecuteCommand',
    'false → true',
    { readonlyRootFilesystem: false },
    { readonlyRootFilesystem: false, enableExecuteCommand: true },
    'new tasks one by one',
  ),
  row('minCapacity', '2 → 3', DEFAULTS, { minCapacity: 3 }, 'in place'),
  row('maxCapacity', '6 → 10', DEFAULTS, { maxCapacity: 10 }, 'in place'),
  row('targetCpuUtilizationPercent', '50 → 40', DEFAULTS, { targetCpuUtilizationPercent: 40 }, 'in place'),
  row('requestsPerSecondPerTask', '100 → 50', DEFAULTS, { requestsPerSecondPerTask: 50 }, 'in place'),
  row('scaleOutCooldown', '180 s → 60 s', DEFAULTS, { scaleOutCooldown: Duration.seconds(60) }, 'in place'),
  row('scaleInCooldown', '300 s → 600 s', DEFAULTS, { scaleInCooldown: Duration.seconds(600) }, 'in place'),
  row('scaleOnRequests', 'true → false', DEFAULTS, { scaleOnRequests: false }, 'in place'),
  row('scaleOnCpu', 'true → false', DEFAULTS, { scaleOnCpu: false }, 'in place'),
  row('targetMemoryUtilizationPercent', 'none → 70', DEFAULTS, { targetMemoryUtilizationPercent: 70 }, 'in place'),
  row('scaleOutResponseTimeThreshold', 'none → 500 ms', DEFAULTS, { scaleOutResponseTimeThreshold: Duration.millis(500) }, 'in place'),
  row(
    'scaleOutResponseTimeMinTotalRequestsPerSecond',
    '1 → 5',
    { scaleOutResponseTimeThreshold: Duration.millis(500) },
    { scaleOutResponseTimeThreshold: Duration.millis(500), scaleOutResponseTimeMinTotalRequestsPerSecond: 5 },
    'in place',
  ),
  row(
    'schedules',
    'none → one',
    DEFAULTS,
    { schedules: [{ name: 'morning', schedule: Schedule.expression('cron(0 8 ? * MON-FRI *)'), minCapacity: 4 }] },
    'in place',
  ),
  row('predictiveScaling', 'OFF → FORECAST_AND_SCALE', DEFAULTS, { predictiveScaling: PredictiveScaling.FORECAST_AND_SCALE }, 'in place'),
  row('highResolutionMetrics', 'OFF → PUBLISH_ONLY', DEFAULTS, PUBLISH_ONLY, 'new tasks one by one'),
  row('highResolutionMetrics', 'PUBLISH_ONLY → PUBLISH_AND_SCALE', PUBLISH_ONLY, PUBLISH_AND_SCALE, 'in place'),
  row('highResolutionMetrics', 'OFF → PUBLISH_AND_SCALE', DEFAULTS, PUBLISH_AND_SCALE, 'outage', {
    back: 'new tasks one by one',
    note: 'deploy `PUBLISH_ONLY` first, then `PUBLISH_AND_SCALE`',
  }),
  row('disableScaleIn', 'false → true', DEFAULTS, { disableScaleIn: true }, 'in place'),
  row('deployment', 'rolling → blue/green', DEFAULTS, BLUE_GREEN, 'new tasks one by one', {
    back: 'outage',
    note: `back to rolling: ${TWO_GROUPS}`,
  }),
  row('deployment', 'blue/green → canary', BLUE_GREEN, { deployment: Deployment.canary() }, 'in place'),
  row('minHealthyPercent', '100 → 50', DEFAULTS, { minHealthyPercent: 50 }, 'in place'),
  row('maxHealthyPercent', '200 → 150', DEFAULTS, { maxHealthyPercent: 150 }, 'in place'),
  row('circuitBreaker', 'true → false', DEFAULTS, { circuitBreaker: false }, 'in place'),
  row('rollbackOnServiceAlarms', 'true → false', DEFAULTS, { rollbackOnServiceAlarms: false }, 'in place'),
  row(
    'rollbackAlarms',
    'none → one',
    DEFAULTS,
    (stack) => ({
      rollbackAlarms: [
        new Alarm(stack, 'Orders', { metric: new Metric({ namespace: 'Shop', metricName: 'Errors' }), threshold: 1, evaluationPeriods: 1 }),
      ],
    }),
    'in place',
  ),
  row(
    'lifecycleHooks',
    'none → a function',
    BLUE_GREEN,
    (stack) => ({
      deployment: Deployment.blueGreen(),
      lifecycleHooks: [
        new DeploymentLifecycleLambdaTarget(LambdaFunction.fromFunctionName(stack, 'Hook', 'hook'), 'Hook', {
          lifecycleStages: [DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT],
        }),
      ],
    }),
    'in place',
  ),
  row('healthCheckGracePeriod', '60 s → 120 s', DEFAULTS, { healthCheckGracePeriod: Duration.seconds(120) }, 'in place'),
  row('availabilityZoneRebalancing', 'true → false', DEFAULTS, { availabilityZoneRebalancing: false }, 'in place'),
  row(
    'capacity',
    'Fargate → instances',
    {},
    { capacity: Capacity.instances({ instanceType: new InstanceType('m7i.large') }) },
    'new tasks one by one',
  ),
  row('serverProfile', 'none → uvicorn', DEFAULTS, { serverProfile: ServerProfile.uvicorn() }, 'new tasks one by one'),
  row('spotPercent', '0 → 50', DEFAULTS, { spotPercent: 50 }, 'new tasks one by one'),
  row('spotPercent', '50 → 80', { spotPercent: 50 }, { spotPercent: 80 }, 'new tasks one by one'),
  row('onDemandBase', '2 → 3', { spotPercent: 50 }, { spotPercent: 50, onDemandBase: 3 }, 'new tasks one by one'),
  row('serviceName', 'none → a name', DEFAULTS, { serviceName: 'shop' }, 'replaced', { note: START }),
  row('alarms', 'true → false', DEFAULTS, { alarms: false }, 'in place'),
  row(
    'alarmTopic',
    'none → a topic',
    DEFAULTS,
    (stack) => ({ alarmTopic: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:alarms') }),
    'in place',
  ),
  row('serverErrorAlarmPercent', '1 → 2', DEFAULTS, { serverErrorAlarmPercent: 2 }, 'in place'),
  row('responseTimeAlarmThreshold', '1 s → 2 s', DEFAULTS, { responseTimeAlarmThreshold: Duration.seconds(2) }, 'in place'),
  row('dashboard', 'true → false', DEFAULTS, { dashboard: false }, 'in place'),
  row('logRetention', 'a month → a week', DEFAULTS, { logRetention: RetentionDays.ONE_WEEK }, 'in place'),
  row(
    'logEncryptionKey',
    'none → a key',
    DEFAULTS,
    (stack) => ({ logEncryptionKey: Key.fromKeyArn(stack, 'LogKey', 'arn:aws:kms:eu-west-1:123456789012:key/1') }),
    'in place',
  ),
  row('logRemovalPolicy', 'retained → destroyed', DEFAULTS, { logRemovalPolicy: RemovalPolicy.DESTROY }, 'in place'),
  row('containerInsights', 'ENABLED → ENHANCED', DEFAULTS, { containerInsights: ContainerInsights.ENHANCED }, 'in place'),
  row(
    'tracing',
    'none → X-Ray',
    DEFAULTS,
    { tracing: Tracing.xRay(ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/collector:1')) },
    'new tasks one by one',
  ),
  row('acknowledgeFindings', 'true → false', DEFAULTS, { acknowledgeFindings: false }, 'in place'),
];
