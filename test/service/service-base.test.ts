import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { Deployment, type IScalableStatelessService, ScalableStatelessService } from '../../src';
import { newApp, synthesize } from '../synthesize';

function imported(stack: Stack): IScalableStatelessService {
  return ScalableStatelessService.fromScalableStatelessServiceAttributes(stack, 'Search', {
    clusterName: 'shop',
    serviceName: 'search',
    url: 'https://search.example.com',
    loadBalancerFullName: 'app/search/1',
    targetGroupFullNames: ['targetgroup/search/2'],
    containerPort: 8080,
    taskSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Tasks', 'sg-1')],
    taskRole: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/search'),
  });
}

const METRICS: [string, (service: IScalableStatelessService) => Metric, object][] = [
  ['CPU', (service) => service.metricCpuUtilization(), { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Statistic: 'Average' }],
  ['memory', (service) => service.metricMemoryUtilization(), { Namespace: 'AWS/ECS', MetricName: 'MemoryUtilization' }],
  ['requests', (service) => service.metricRequests(), { MetricName: 'RequestCount', Statistic: 'Sum' }],
  ['requests for each task', (service) => service.metricRequestsPerTask(), { MetricName: 'RequestCountPerTarget', Statistic: 'Sum' }],
  ['server errors', (service) => service.metricServerErrors(), { MetricName: 'HTTPCode_Target_5XX_Count', Statistic: 'Sum' }],
  ['response time', (service) => service.metricResponseTime(), { MetricName: 'TargetResponseTime', ExtendedStatistic: 'p95' }],
  ['median response time', (service) => service.metricResponseTime({ statistic: 'p50' }), { ExtendedStatistic: 'p50' }],
  ['healthy tasks', (service) => service.metricHealthyTasks(), { MetricName: 'HealthyHostCount', Statistic: 'Minimum' }],
  ['unhealthy tasks', (service) => service.metricUnhealthyTasks(), { MetricName: 'UnHealthyHostCount', Statistic: 'Maximum' }],
];

describe.each<[string, (stack: Stack) => IScalableStatelessService]>([
  ['made here', (stack) => new ScalableStatelessService(stack, 'Search', { alarms: false })],
  ['made elsewhere', imported],
])('a service %s', (_, make) => {
  test.each(METRICS)('has a metric of %s', (_name, metricOf, properties) => {
    const stack = new Stack(newApp(), 'Shop');
    new Alarm(stack, 'Alarm', { metric: metricOf(make(stack)), threshold: 1, evaluationPeriods: 1 });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { ...properties, Period: 60 });
  });

  test('is granted what its tasks may do', () => {
    const stack = new Stack(newApp(), 'Shop');
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } }).grantReadData(make(stack));
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies.filter((policy) => JSON.stringify(policy).includes('dynamodb:GetItem'))).toHaveLength(1);
  });

  test('can be connected to', () => {
    const stack = new Stack(newApp(), 'Shop');
    make(stack).connections.allowFrom(Peer.ipv4('10.0.0.0/8'), Port.tcp(8080));
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain('10.0.0.0/8');
  });
});

test('a service made elsewhere is reached where it is said to be', () => {
  expect(imported(new Stack(newApp(), 'Shop')).url).toBe('https://search.example.com');
});

test('a service is granted through its task role', () => {
  const { service } = synthesize();
  expect(service.grantPrincipal).toBe(service.taskRole.grantPrincipal);
});

describe('a metric of two revisions side by side', () => {
  test('is a metric of the CDK, with its methods, and adds the values of both', () => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(stack, 'Search', { alarms: false, deployment: Deployment.blueGreen() });
    const metric = service.metricRequests().with({ statistic: 'Average', label: 'all' });
    expect(metric).toBeInstanceOf(Metric);
    metric.createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    const alarm = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))[0]!['Properties'];
    expect(alarm.Metrics).toMatchObject([
      { Expression: 'FILL(requestCount_Average_1, 0) + FILL(requestCount_Average_2, 0)', Label: 'all' },
      { MetricStat: { Stat: 'Average', Metric: { MetricName: 'RequestCount' } }, ReturnData: false },
      { MetricStat: { Stat: 'Average' }, ReturnData: false },
    ]);
  });
});
