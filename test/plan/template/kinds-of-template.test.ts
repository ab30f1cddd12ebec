import { describe, expect, test } from 'vitest';
import { spotTasksOf } from '../../../src/plan/infrastructure';
import { startCountOf } from '../../../src/plan/service-plan';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { alarm, readService, servicePolicy, tracking } from './scaled-template';

const CPU = tracking({ TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } });
const task = (properties: object) => ({
  Cpu: CPU,
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { ContainerDefinitions: [{ Name: 'web', Cpu: 128, Memory: 300, MemoryReservation: 200 }], ...properties },
  },
});

test.each([
  [
    { Cpu: '.5 vCPU', Memory: '1 GB' },
    { cpu: 512, memoryMiB: 1024 },
  ],
  [
    { Cpu: '2vcpu', Memory: '4gb' },
    { cpu: 2048, memoryMiB: 4096 },
  ],
  [
    { Cpu: '0.25 vCPU', Memory: '.5GB' },
    { cpu: 256, memoryMiB: 512 },
  ],
  [
    { Cpu: 16_384, Memory: '122880' },
    { cpu: 16_384, memoryMiB: 122_880 },
  ],
  [{ RequiresCompatibilities: ['EC2'] }, { cpu: 128, memoryMiB: 300 }],
])('a task of %j has the size %j', (properties, size) => {
  expect(readService(task(properties)).plan.task).toEqual(size);
});

test.each([
  [{}, 'Task Cpu must be a number, got Task.Cpu, which only a deployment knows'],
  [{ Cpu: 'half a vCPU' }, "Task Cpu must be a number, got 'half a vCPU'"],
])('a task without a size is asked for it: %j', (properties, error) => {
  expect(() => readService(task({ Memory: 512, ContainerDefinitions: [{ Name: 'web' }], ...properties }))).toThrow(error);
});

test('a run starts with the desired count, within the bounds', () => {
  const startWith = (DesiredCount: number): number => startCountOf(readService({ Cpu: CPU }, {}, { DesiredCount }).plan);
  expect([1, 6, 99].map(startWith)).toEqual([2, 6, 10]);
});

test('tasks on Spot are those above the base, by weight, at each count', () => {
  const strategy = [
    { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 },
    { CapacityProvider: 'FARGATE_SPOT', Weight: 3 },
  ];
  const { infrastructure } = readService({ Cpu: CPU }, {}, { CapacityProviderStrategy: strategy }).plan;
  expect([1, 2, 6, 10].map((count) => spotTasksOf(infrastructure, count))).toEqual([0, 0, 3, 6]);
});

test.each(['Maximum', 'p90'])('a target on the %s of the tasks is named', (Statistic) => {
  const custom = tracking({
    TargetValue: 70,
    CustomizedMetricSpecification: {
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic,
      Dimensions: [{ Name: 'ServiceName', Value: { 'Fn::GetAtt': ['Shop', 'Name'] } }],
    },
  });
  expect(readService({ Custom: custom }).ignored).toEqual([
    `Custom ${Statistic} of ECSServiceAverageCPUUtilization: simulated as its average`,
  ]);
});

test.each([
  ['a whole cluster', [{ Name: 'ClusterName', Value: 'shops' }]],
  [
    'another service by its name',
    [
      { Name: 'ClusterName', Value: 'shops' },
      { Name: 'ServiceName', Value: 'orders' },
    ],
  ],
])('an alarm on the CPU of %s is not simulated', (_, Dimensions) => {
  const { ignored } = readService(
    {
      Cpu: CPU,
      Out: servicePolicy({
        StepScalingPolicyConfiguration: {
          AdjustmentType: 'ChangeInCapacity',
          StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
        },
      }),
      High: alarm('Out', {
        Namespace: 'AWS/ECS',
        MetricName: 'CPUUtilization',
        Dimensions,
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 80,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    },
    {},
    { ServiceName: 'shop' },
  );
  expect(ignored).toEqual(['High (CPUUtilization): this metric is not simulated']);
});

test('a minimum of 0 is named: no metric scales out from there', () => {
  expect(readService({ Cpu: CPU }, { MinCapacity: 0 }).ignored).toEqual([
    'Target MinCapacity 0: from 0 tasks no metric of tasks or targets scales out, only a scheduled action does',
  ]);
});

describe('a service in ECS Express Mode', () => {
  const express = (Properties: object, Condition?: string) =>
    Template.parse(
      JSON.stringify({
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
        Resources: { Shop: { Type: 'AWS::ECS::ExpressGatewayService', Properties, Condition } },
      }),
      'shop.json',
    );

  test('has the scaling, the size and the health check that it gives', () => {
    const { plan, ignored } = readPlan(
      express({
        Cpu: '512',
        Memory: '1024',
        HealthCheckPath: '/ready',
        PrimaryContainer: { Image: 'shop', ContainerPort: 3000 },
        ScalingTarget: { MinTaskCount: 3, MaxTaskCount: 9, AutoScalingMetric: 'REQUEST_COUNT_PER_TARGET', AutoScalingTargetValue: 900 },
      }),
    );
    expect(plan).toMatchObject({
      service: 'Shop',
      task: { cpu: 512, memoryMiB: 1024 },
      healthCheck: { path: '/ready' },
      container: { port: 3000 },
    });
    expect(plan.policy).toMatchObject({
      minCapacity: 3,
      maxCapacity: 9,
      targetTracking: [{ metric: 'ALBRequestCountPerTarget', targetValue: 900 }],
    });
    expect(plan.deployment.trafficShift).toEqual({ steps: [{ newRevisionShare: 0.05, stepBakeSeconds: 180 }], bakeSeconds: 180 });
    expect(ignored).toEqual([
      'Shop (ECS Express Mode): what ECS creates has the defaults of AWS, and 1 to 20 tasks where ScalingTarget has no others',
    ]);
  });

  test('has the defaults of ECS otherwise', () => {
    const { plan } = readPlan(express({ PrimaryContainer: { Image: 'shop' } }));
    expect(plan.task).toEqual({ cpu: 1024, memoryMiB: 2048 });
    expect(plan.policy).toMatchObject({
      minCapacity: 1,
      maxCapacity: 20,
      targetTracking: [{ metric: 'ECSServiceAverageCPUUtilization', targetValue: 60 }],
    });
  });

  test('that only some deployments have asks for what decides it', () => {
    expect(() => readPlan(express({ PrimaryContainer: { Image: 'shop' } }, 'IsLive'))).toThrow(
      /^whether there is Shop depends on Stage, which only a deployment knows/,
    );
  });
});

test('a service behind an ECS gateway has the defaults of a load balancer, which is named', () => {
  const connectors = [{ GatewayArn: 'arn:aws:ecs:eu-central-1:123456789012:gateway/shop', ContainerName: 'web', ContainerPort: 3000 }];
  const { plan, ignored } = readService({ Cpu: CPU }, {}, { LoadBalancers: undefined, GatewayConnectors: connectors });
  expect(plan.container.port).toBe(3000);
  expect(ignored).toEqual([
    'Shop target group: its load balancer is not in this template, an internet-facing one with the defaults of AWS is assumed',
    'Shop GatewayConnectors: the load balancer that ECS creates is assumed to be an application load balancer of its own',
  ]);
});
