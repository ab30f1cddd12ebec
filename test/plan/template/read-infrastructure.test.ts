import { describe, expect, test } from 'vitest';
import { formatError } from '../../../src/parse/validation-error';
import { DEFAULT_INFRASTRUCTURE, type Infrastructure, infrastructureErrors } from '../../../src/plan/infrastructure';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { shopTemplate } from '../../cli/shop-template';

/** The infrastructure of a small shop with more resources, or with other properties of those it has. */
function read(changes: Readonly<Record<string, { Type: string; Properties?: object }>> = {}): Infrastructure {
  const { Resources } = JSON.parse(shopTemplate());
  for (const [id, { Type, Properties }] of Object.entries(changes)) {
    Resources[id] = { Type, Properties: { ...Resources[id]?.Properties, ...Properties } };
  }
  return readPlan(Template.parse(JSON.stringify({ Resources }), 'shop.json')).plan.infrastructure;
}

const task = (Properties: object) => ({ Task: { Type: 'AWS::ECS::TaskDefinition', Properties } });
const service = (Properties: object) => ({ Shop: { Type: 'AWS::ECS::Service', Properties } });
const forward = [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }];
const balancer = (Properties: object) => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: forward },
  },
});

const clusterWithSpot = (properties: object) => ({
  ...service({ Cluster: { Ref: 'Cluster' }, LaunchType: undefined, ...properties }),
  Cluster: {
    Type: 'AWS::ECS::Cluster',
    Properties: { DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] },
  },
});
const metricStat = (Period: number) => ({ MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Any' }, Period, Stat: 'Sum' } });
const mathAlarm = (...Metrics: object[]) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics } });

test('a template that says nothing has one zone and nothing that costs', () => {
  expect(read()).toEqual({ ...DEFAULT_INFRASTRUCTURE, loadBalancerNodes: 1 });
});

describe('a template says', () => {
  test.each<[string, Parameters<typeof read>[0], Partial<Infrastructure>]>([
    ['the processor', task({ RuntimePlatform: { CpuArchitecture: 'ARM64' } }), { architecture: 'ARM64' }],
    ['the disk of a task', task({ EphemeralStorage: { SizeInGiB: 50 } }), { ephemeralStorageGiB: 50 }],
    [
      'which share of the tasks runs on Spot',
      service({
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Weight: 1 },
          { CapacityProvider: 'FARGATE_SPOT', Weight: 3 },
        ],
      }),
      { spotShare: 0.75 },
    ],
    [
      'which of the first tasks do not run on Spot',
      service({
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 },
          { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
        ],
      }),
      { onDemandBase: 2, spotShare: 0.5 },
    ],
    [
      'which of the first tasks always run on Spot',
      service({
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Weight: 3 },
          { CapacityProvider: 'FARGATE_SPOT', Base: 1, Weight: 1 },
        ],
      }),
      { spotBase: 1, spotShare: 0.25 },
    ],
    ['the default strategy of its cluster', clusterWithSpot({}), { spotShare: 1 }],
    ['that its launch type replaces the default strategy of its cluster', clusterWithSpot({ LaunchType: 'FARGATE' }), {}],
    [
      'the default strategy that is associated with its cluster',
      {
        ...service({ Cluster: { Ref: 'Cluster' }, LaunchType: undefined }),
        Cluster: { Type: 'AWS::ECS::Cluster' },
        Providers: {
          Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
          Properties: {
            Cluster: { Ref: 'Cluster' },
            DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Base: 1, Weight: 1 }],
          },
        },
      },
      { spotBase: 1, spotShare: 1 },
    ],
    ['Spot without a weight', service({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }] }), { spotShare: 1 }],
    [
      'that tasks have public addresses',
      service({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED', Subnets: ['subnet-1', 'subnet-2'] } } }),
      { hasPublicTasks: true, loadBalancerNodes: 2 },
    ],
    ['the zones of its load balancer', balancer({ Subnets: ['subnet-1', 'subnet-2', 'subnet-3'] }), { loadBalancerNodes: 3 }],
    ['that its load balancer has no public address', balancer({ Scheme: 'internal' }), { isInternetFacing: false }],
    [
      'how many rules lead to it',
      {
        ...balancer({ Subnets: ['subnet-1', 'subnet-2'] }),
        Rule: {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: { ListenerArn: { Ref: 'Listener' }, Actions: forward },
        },
      },
      { listenerRules: 1, loadBalancerNodes: 2 },
    ],
    [
      'its ways out',
      {
        Nat: { Type: 'AWS::EC2::NatGateway' },
        Logs: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'Interface', SubnetIds: ['subnet-1', 'subnet-2'] },
        },
        S3: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Gateway' } },
      },
      { natGateways: 1, interfaceEndpoints: 2 },
    ],
    ['its own alarms', { Slow: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 60 } } }, { alarmMetrics: 1 }],
    [
      'which of them look every ten seconds',
      { Slow: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 10 } } },
      { alarmMetrics: 1, highResolutionAlarmMetrics: 1 },
    ],
    [
      'how many metrics an alarm with metric math has',
      {
        Errors: mathAlarm(
          { Id: 'share', Expression: '100 * errors / (errors + served)' },
          { Id: 'errors', ...metricStat(60) },
          { Id: 'served', ...metricStat(60) },
        ),
      },
      { alarmMetrics: 2 },
    ],
    [
      'how many metrics an alarm for anomalies has',
      { Odd: mathAlarm({ Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(latency, 2)' }, { Id: 'latency', ...metricStat(60) }) },
      { alarmMetrics: 3 },
    ],
    [
      'that an alarm for anomalies looks every ten seconds',
      { Odd: mathAlarm({ Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(latency, 2)' }, { Id: 'latency', ...metricStat(10) }) },
      { alarmMetrics: 3, highResolutionAlarmMetrics: 3 },
    ],
    [
      'an alarm on a query of Metrics Insights',
      { Query: mathAlarm({ Id: 'all', Expression: 'SELECT MAX(CPUUtilization) FROM "AWS/ECS"', Period: 60 }) },
      { alarmMetrics: 1 },
    ],
    ['its composite alarms', { Any: { Type: 'AWS::CloudWatch::CompositeAlarm' } }, { compositeAlarms: 1 }],
    ['its dashboards', { One: { Type: 'AWS::CloudWatch::Dashboard' }, Two: { Type: 'AWS::CloudWatch::Dashboard' } }, { dashboards: 2 }],
    [
      'the alarms of a policy that is not simulated',
      {
        Queue: {
          Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
          Properties: {
            ScalingTargetId: { Ref: 'Target' },
            TargetTrackingScalingPolicyConfiguration: {
              TargetValue: 10,
              CustomizedMetricSpecification: {
                Metrics: [
                  { Id: 'each', Expression: 'queued / tasks' },
                  { Id: 'queued', ...metricStat(60) },
                  { Id: 'tasks', ...metricStat(60) },
                ],
              },
            },
          },
        },
      },
      { alarmMetrics: 4 },
    ],
    [
      'the metrics of 20 seconds',
      service({
        Monitoring: {
          MetricConfigurations: [
            { MetricNames: ['CPUUtilization', 'MemoryUtilization'], ResolutionSeconds: 20 },
            { MetricNames: ['Other'], ResolutionSeconds: 60 },
          ],
        },
      }),
      { highResolutionMetrics: 2 },
    ],
    [
      'what Container Insights shows',
      {
        ...service({ Cluster: { Ref: 'Cluster' } }),
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] } },
      },
      { containerInsights: 'enhanced' },
    ],
  ])('%s', (_, changes, expected) => {
    expect(read(changes)).toEqual({ ...DEFAULT_INFRASTRUCTURE, loadBalancerNodes: 1, ...expected });
  });
});

test('numbers that AWS would refuse are refused together', () => {
  expect(infrastructureErrors(DEFAULT_INFRASTRUCTURE)).toEqual([]);
  const broken = {
    ...DEFAULT_INFRASTRUCTURE,
    spotShare: 1.5,
    onDemandBase: -1,
    ephemeralStorageGiB: 19,
    loadBalancerNodes: 0,
    natGateways: Number.NaN,
  };
  expect(infrastructureErrors(broken).map(formatError)).toEqual([
    'spotShare must be from 0 to 1, got 1.5',
    'ephemeralStorageGiB must be from 20 to 200, got 19',
    'loadBalancerNodes must be a whole number of at least 1, got 0',
    'onDemandBase must be a whole number of at least 0, got -1',
    'natGateways must be a whole number of at least 0, got NaN',
  ]);
});
