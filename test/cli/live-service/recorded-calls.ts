import type { AwsAction } from '../../../cli/live-service/aws-actions';
import { NotFoundError } from '../../../cli/live-service/aws-call-error';
import type { AwsCalls, CallInput } from '../../../cli/live-service/aws-calls';
import type { Section } from '../../../src/plan/template/template-value';

const ACCOUNT = 'arn:aws:ecs:eu-west-1:111122223333';
const BALANCING = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';

export const TARGET_GROUP = `${BALANCING}:targetgroup/web/0123456789abcdef`;
export const LOAD_BALANCER = `${BALANCING}:loadbalancer/app/shop/fedcba9876543210`;
export const LISTENER = `${BALANCING}:listener/app/shop/fedcba9876543210/1111111111111111`;

/** The answers of AWS about a service, by action. */
export type Answers = Partial<Record<AwsAction, Section>>;

/** A service on Fargate behind a load balancer, with a policy on requests and one on CPU, as AWS describes it. */
export const SERVICE: Section = {
  serviceArn: `${ACCOUNT}:service/shop/web`,
  serviceName: 'web',
  clusterArn: `${ACCOUNT}:cluster/shop`,
  loadBalancers: [{ targetGroupArn: TARGET_GROUP, containerName: 'app', containerPort: 8080 }],
  serviceRegistries: [],
  status: 'ACTIVE',
  desiredCount: 5,
  runningCount: 5,
  pendingCount: 0,
  launchType: 'FARGATE',
  platformVersion: 'LATEST',
  platformFamily: 'Linux',
  taskDefinition: `${ACCOUNT}:task-definition/web:7`,
  deploymentConfiguration: {
    deploymentCircuitBreaker: { enable: true, rollback: true },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
  },
  deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: `${ACCOUNT}:task-definition/web:7`, rolloutState: 'COMPLETED' }],
  roleArn: 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
  events: [{ id: '1', createdAt: '2026-11-01T12:00:00.000Z', message: '(service web) has reached a steady state.' }],
  createdAt: '2026-01-01T12:00:00.000Z',
  placementConstraints: [],
  placementStrategy: [],
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: ['subnet-a', 'subnet-b', 'subnet-c', 'subnet-d'],
      securityGroups: ['sg-1'],
      assignPublicIp: 'DISABLED',
    },
  },
  healthCheckGracePeriodSeconds: 60,
  schedulingStrategy: 'REPLICA',
  deploymentController: { type: 'ECS' },
  enableECSManagedTags: true,
  propagateTags: 'NONE',
  enableExecuteCommand: false,
  availabilityZoneRebalancing: 'ENABLED',
};

export const TASK_DEFINITION: Section = {
  taskDefinitionArn: `${ACCOUNT}:task-definition/web:7`,
  containerDefinitions: [
    {
      name: 'app',
      image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:2.3',
      cpu: 0,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
      essential: true,
      environment: [{ name: 'DB_PASSWORD', value: 'swordfish' }],
      mountPoints: [],
      volumesFrom: [],
      systemControls: [],
    },
  ],
  family: 'web',
  networkMode: 'awsvpc',
  revision: 7,
  volumes: [],
  status: 'ACTIVE',
  requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
  placementConstraints: [],
  compatibilities: ['EC2', 'FARGATE'],
  requiresCompatibilities: ['FARGATE'],
  cpu: '512',
  memory: '1024',
  registeredAt: '2026-01-01T12:00:00.000Z',
};

export const SCALABLE_TARGET: Section = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/shop/web',
  ScalableDimension: 'ecs:service:DesiredCount',
  MinCapacity: 3,
  MaxCapacity: 12,
  RoleARN: 'arn:aws:iam::111122223333:role/scaling',
  CreationTime: '2026-01-01T12:00:00.000Z',
  SuspendedState: { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
};

const OF_TARGET = { ServiceNamespace: 'ecs', ResourceId: 'service/shop/web', ScalableDimension: 'ecs:service:DesiredCount' };

/** A policy of the service. */
export function policy(PolicyName: string, PolicyType: string, properties: Section): Section {
  return {
    ...OF_TARGET,
    PolicyARN: `arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:${PolicyName}`,
    PolicyName,
    PolicyType,
    ...properties,
  };
}

export const REQUESTS = policy('requests', 'TargetTrackingScaling', {
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 6000,
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: 'app/shop/fedcba9876543210/targetgroup/web/0123456789abcdef',
    },
    ScaleOutCooldown: 60,
    ScaleInCooldown: 120,
    DisableScaleIn: false,
  },
  Alarms: [{ AlarmName: 'TargetTracking-service/shop/web-AlarmHigh-1', AlarmARN: 'arn:1' }],
  CreationTime: '2026-01-01T12:00:00.000Z',
});

export const CPU = policy('cpu', 'TargetTrackingScaling', {
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 60,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
  Alarms: [],
});

/** The answers about it. */
export const ANSWERS: Answers = {
  'ecs:DescribeServices': { services: [SERVICE], failures: [] },
  'ecs:DescribeTaskDefinition': { taskDefinition: TASK_DEFINITION, tags: [] },
  'ecs:DescribeClusters': {
    clusters: [{ clusterName: 'shop', settings: [{ name: 'containerInsights', value: 'enhanced' }] }],
    failures: [],
  },
  'ecs:ListServices': { serviceArns: ['cart', 'web', 'web-admin', 'search'].map((name) => `${ACCOUNT}:service/shop/${name}`) },
  'ecs:ListClusters': { clusterArns: ['shop', 'shop-staging', 'tools'].map((name) => `${ACCOUNT}:cluster/${name}`) },
  'application-autoscaling:DescribeScalableTargets': { ScalableTargets: [SCALABLE_TARGET] },
  'application-autoscaling:DescribeScalingPolicies': { ScalingPolicies: [REQUESTS, CPU] },
  'application-autoscaling:DescribeScheduledActions': { ScheduledActions: [] },
  'cloudwatch:DescribeAlarms': { MetricAlarms: [] },
  'elasticloadbalancing:DescribeTargetGroups': {
    TargetGroups: [
      {
        TargetGroupArn: TARGET_GROUP,
        TargetGroupName: 'web',
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: 'vpc-1',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckEnabled: true,
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 4,
        HealthyThresholdCount: 3,
        UnhealthyThresholdCount: 2,
        HealthCheckPath: '/health',
        Matcher: { HttpCode: '200' },
        LoadBalancerArns: [LOAD_BALANCER],
        TargetType: 'ip',
        ProtocolVersion: 'HTTP1',
        IpAddressType: 'ipv4',
      },
    ],
  },
  'elasticloadbalancing:DescribeTargetGroupAttributes': {
    Attributes: [
      { Key: 'stickiness.enabled', Value: 'false' },
      { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
      { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
      { Key: 'slow_start.duration_seconds', Value: '0' },
    ],
  },
  'elasticloadbalancing:DescribeLoadBalancers': {
    LoadBalancers: [
      {
        LoadBalancerArn: LOAD_BALANCER,
        DNSName: 'shop-1.eu-west-1.elb.amazonaws.com',
        CanonicalHostedZoneId: 'Z1',
        LoadBalancerName: 'shop',
        Scheme: 'internal',
        VpcId: 'vpc-1',
        State: { Code: 'active' },
        Type: 'application',
        AvailabilityZones: ['a', 'b'].map((zone) => ({
          ZoneName: `eu-west-1${zone}`,
          SubnetId: `subnet-${zone}`,
          LoadBalancerAddresses: [],
        })),
        SecurityGroups: ['sg-2'],
        IpAddressType: 'ipv4',
      },
    ],
  },
  'elasticloadbalancing:DescribeLoadBalancerAttributes': { Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '90' }] },
  'elasticloadbalancing:DescribeListeners': {
    Listeners: [
      {
        ListenerArn: LISTENER,
        LoadBalancerArn: LOAD_BALANCER,
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: [
          {
            Type: 'forward',
            TargetGroupArn: TARGET_GROUP,
            ForwardConfig: { TargetGroups: [{ TargetGroupArn: TARGET_GROUP, Weight: 1 }], TargetGroupStickinessConfig: { Enabled: false } },
          },
        ],
      },
    ],
  },
  'elasticloadbalancing:DescribeRules': {
    Rules: [
      {
        RuleArn: `${LISTENER}/1`,
        Priority: 'default',
        IsDefault: true,
        Conditions: [],
        Actions: [{ Type: 'forward', TargetGroupArn: TARGET_GROUP }],
      },
    ],
  },
};

/** Calls of AWS that are answered from a record. */
export class RecordedCalls implements AwsCalls {
  public readonly region = 'eu-west-1';
  /** The calls so far. */
  public readonly made: { readonly action: AwsAction; readonly input: CallInput }[] = [];

  public constructor(private readonly answers: Answers) {}

  public call(action: AwsAction, input: CallInput): Promise<Section> {
    this.made.push({ action, input });
    const answer = this.answers[action];
    return answer === undefined ? Promise.reject(new NotFoundError(action)) : Promise.resolve(answer);
  }
}
