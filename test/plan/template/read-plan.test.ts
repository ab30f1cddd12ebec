import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/parse/input-error';
import { DEFAULT_INFRASTRUCTURE } from '../../../src/plan/infrastructure';
import { scalingPolicy } from '../../../src/plan/policy';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';

/** A template as small as a plan can be read from, as another tool might write it. */
function resources() {
  return {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] },
    },
    Targets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        HealthCheckPath: '/ready',
        HealthCheckIntervalSeconds: 15,
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '20' }],
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Cpu: '512',
        Memory: '1024',
        ContainerDefinitions: [
          { Name: 'sidecar', Image: 'proxy' },
          { Name: 'web', Image: 'shop:1', Environment: [{ Name: 'MODE', Value: 'fast' }], StopTimeout: 45 },
        ],
      },
    },
    Shop: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        LoadBalancers: [{ ContainerName: 'web', ContainerPort: 3000, TargetGroupArn: { Ref: 'Targets' } }],
      },
    },
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: { Ref: 'Least' },
        MaxCapacity: 9,
        ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Shop', 'Name'] }]] },
      },
    },
    Cpu: policy('ECSServiceAverageCPUUtilization', { TargetValue: 55, ScaleInCooldown: 120, DisableScaleIn: true }),
  };
}

function policy(metric: string, configuration: object) {
  return {
    Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    Properties: {
      ScalingTargetId: { Ref: 'Target' },
      TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: metric }, ...configuration },
    },
  };
}

function read(changed: object = {}, service?: string) {
  const parameters = { Least: { Type: 'Number', Default: 3 }, Unknown: { Type: 'Number' } };
  const text = JSON.stringify({ Parameters: parameters, Resources: { ...resources(), ...changed } });
  return readPlan(Template.parse(text, 'shop.json'), service);
}

function errorsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.errors;
    throw error;
  }
  return [];
}

describe('a template that another tool made', () => {
  test('holds the whole plan, with what AWS assumes where it is silent', () => {
    expect(read()).toEqual({
      ignored: [],
      plan: {
        service: 'Shop',
        policy: scalingPolicy({
          minCapacity: 3,
          maxCapacity: 9,
          targetTracking: [
            {
              name: 'Cpu',
              metric: 'ECSServiceAverageCPUUtilization',
              targetValue: 55,
              scaleOutCooldownSeconds: 300,
              scaleInCooldownSeconds: 120,
              disableScaleIn: true,
            },
          ],
        }),
        task: { cpu: 512, memoryMiB: 1024 },
        container: { port: 3000, environment: { MODE: 'fast' }, stopTimeoutSeconds: 45 },
        healthCheck: { path: '/ready', intervalSeconds: 15, timeoutSeconds: 5, healthyThresholdCount: 5, unhealthyThresholdCount: 2 },
        idleTimeoutSeconds: 60,
        deregistrationDelaySeconds: 20,
        infrastructure: { ...DEFAULT_INFRASTRUCTURE, loadBalancerNodes: 1 },
        routing: { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false },
        deployment: {
          rebalancesZones: true,
          minHealthyPercent: 100,
          maxHealthyPercent: 200,
          hasCircuitBreaker: false,
          healthCheckGracePeriodSeconds: 0,
        },
        zoneCount: 2,
      },
    });
  });

  test('has its policies on other metrics named as ignored', () => {
    const { ignored } = read({ Queue: policy('SQSQueueDepth', { TargetValue: 70 }) });
    expect(ignored).toEqual(['Queue (SQSQueueDepth): this metric is not simulated']);
  });
});

test('how tasks are chosen for requests, exchanged and spread is read too', () => {
  const subnet = (zone: number) => ({
    Type: 'AWS::EC2::Subnet',
    Properties: { AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] } },
  });

  const { Shop, Targets } = resources();
  const attributes = [
    { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
    { Key: 'slow_start.duration_seconds', Value: '45' },
  ];
  const { plan } = read({
    Targets: { ...Targets, Properties: { ...Targets.Properties, TargetGroupAttributes: attributes } },
    Shop: {
      ...Shop,
      Properties: {
        ...Shop.Properties,
        HealthCheckGracePeriodSeconds: 90,
        NetworkConfiguration: {
          AwsvpcConfiguration: { Subnets: [{ Ref: 'A' }, { Ref: 'AToo' }, { Ref: 'B' }, 'subnet-of-another-stack'] },
        },
        DeploymentConfiguration: {
          MinimumHealthyPercent: 66,
          MaximumPercent: 150,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
      },
    },
    A: subnet(0),
    AToo: subnet(0),
    B: subnet(1),
  });
  expect(plan).toMatchObject({
    zoneCount: 3,
    routing: { algorithm: 'round_robin', slowStartSeconds: 45, enableAnomalyMitigation: false },
    deployment: {
      rebalancesZones: true,
      minHealthyPercent: 66,
      maxHealthyPercent: 150,
      hasCircuitBreaker: true,
      healthCheckGracePeriodSeconds: 90,
    },
  });
});

test.each([
  [{ Strategy: 'ROLLING' }, undefined],
  [
    { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 },
    { steps: [], bakeSeconds: 300 },
  ],
  [{ Strategy: 'BLUE_GREEN' }, { steps: [], bakeSeconds: 36 * 3600 }],
  [
    { Strategy: 'CANARY', BakeTimeInMinutes: 1 },
    { steps: [{ newRevisionShare: 0.05, stepBakeSeconds: 600 }], bakeSeconds: 60 },
  ],
  [
    { Strategy: 'LINEAR', BakeTimeInMinutes: 0, LinearConfiguration: { StepPercent: 50, StepBakeTimeInMinutes: 2 } },
    { steps: [{ newRevisionShare: 0.5, stepBakeSeconds: 120 }], bakeSeconds: 0 },
  ],
])('a deployment configured as %j shifts the traffic as %j', (configuration, trafficShift) => {
  const { Shop } = resources();
  const shop = { ...Shop, Properties: { ...Shop.Properties, DeploymentConfiguration: configuration } };
  expect(read({ Shop: shop }).plan.deployment.trafficShift).toEqual(trafficShift);
});

const sticky = (...others: { Key: string; Value: string }[]) => [{ Key: 'stickiness.enabled', Value: 'true' }, ...others];

test.each([
  [[], undefined, []],
  [[{ Key: 'stickiness.lb_cookie.duration_seconds', Value: '60' }], undefined, []],
  [sticky(), 86_400, []],
  [sticky({ Key: 'stickiness.type', Value: 'lb_cookie' }, { Key: 'stickiness.lb_cookie.duration_seconds', Value: '3600' }), 3600, []],
  [
    sticky({ Key: 'stickiness.type', Value: 'app_cookie' }),
    undefined,
    ['Targets stickiness.type app_cookie: the forecast simulates stickiness by lb_cookie only'],
  ],
])('the attributes %j bind a client to a target for %s seconds', (attributes, stickinessSeconds, ignored) => {
  const { Targets } = resources();
  const found = read({ Targets: { ...Targets, Properties: { ...Targets.Properties, TargetGroupAttributes: attributes } } });
  expect(found.plan.routing.stickinessSeconds).toBe(stickinessSeconds);
  expect(found.ignored).toEqual(ignored);
});

test('a count to start with, and health checks that pass with other codes, are named as ignored', () => {
  const { Shop, Targets } = resources();
  const shop = { ...Shop, Properties: { ...Shop.Properties, DesiredCount: 5 } };
  const targets = { ...Targets, Properties: { ...Targets.Properties, Matcher: { HttpCode: '200-399' } } };
  expect(read({ Shop: shop, Targets: targets }).ignored).toEqual([
    'Shop DesiredCount 5: a run starts with it; that each update of the stack sets it again is not simulated',
    'Targets Matcher 200-399: the forecast passes a health check with 200 only',
  ]);
});

test('a service that nothing scales has a fixed count', () => {
  const { Shop } = resources();
  const { Cpu: _, Target, ...others } = resources();
  const shop = { ...Shop, Properties: { ...Shop.Properties, DesiredCount: 3 } };
  const fixed = (Resources: object) => readPlan(Template.parse(JSON.stringify({ Resources }), 'shop.json'));
  expect(fixed({ ...others, Shop: shop }).plan.policy).toEqual(scalingPolicy({ minCapacity: 3, maxCapacity: 3 }));
  const bounded = { ...Target, Properties: { ...Target.Properties, MinCapacity: 5 } };
  const { plan, ignored } = fixed({ ...others, Shop: shop, Target: bounded });
  expect(plan.policy).toEqual(scalingPolicy({ minCapacity: 5, maxCapacity: 5 }));
  expect(ignored[0]).toBe('Shop: nothing scales it, so its desired count of 5 is fixed');
});

test('a policy may name its service instead of its scalable target', () => {
  const { Cpu } = resources();
  const { ScalingTargetId, ...properties } = Cpu.Properties;
  const resourceId = { 'Fn::Join': ['', ['service/', { 'Fn::GetAtt': ['Shop', 'Name'] }]] };
  const { plan } = read({ Cpu: { ...Cpu, Properties: { ...properties, ResourceId: resourceId } } });
  expect(plan.policy.targetTracking).toHaveLength(1);
});

describe('what cannot be read is refused', () => {
  test('a text that is not JSON, or not a template', () => {
    expect(errorsOf(() => Template.parse('Resources:', 'shop.yaml'))[0]).toMatch(/^shop\.yaml is not JSON: /);
    expect(errorsOf(() => Template.parse('[]', 'shop.json'))).toEqual(['shop.json is no CloudFormation template: it has no Resources']);
  });

  test.each([
    ['no service', { Shop: { Type: 'AWS::SNS::Topic' } }, 'the template has no AWS::ECS::Service'],
    [
      'no policy that can be simulated',
      { Cpu: policy('SQSQueueDepth', {}) },
      'Shop has no scaling policy and no scheduled action that can be simulated\nCpu (SQSQueueDepth): this metric is not simulated',
    ],
    [
      'no load balancer',
      { Shop: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } } },
      'Shop must have LoadBalancers with a target group, got none: a forecast sends requests through it',
    ],
    [
      'two services',
      { Other: resources().Shop },
      'the template has 2 services: choose one by its logical ID (Shop, Other), with --service or as the second argument of Plan.ofTemplate',
    ],
  ])('%s', (_, changed, error) => {
    expect(errorsOf(() => read(changed))).toEqual([error]);
  });

  test('a service that is not there', () => {
    expect(errorsOf(() => read({}, 'Sohp'))).toEqual(["the service must be one of Shop, got 'Sohp'"]);
  });

  test('numbers that only a deployment knows', () => {
    const target = structuredClone(resources().Target) as { Properties: Record<string, unknown> };
    target.Properties['MaxCapacity'] = { Ref: 'Unknown' };
    const cpu = policy('ECSServiceAverageCPUUtilization', {});
    expect(errorsOf(() => read({ Target: target, Cpu: cpu }))).toEqual([
      "Target MaxCapacity must be a number, got Unknown, which only a deployment knows: give it with --parameter 'Unknown=…', or in the parameters of Plan.ofTemplate",
      'Cpu TargetValue must be a number, got nothing',
    ]);
  });

  test('rules that AWS would refuse, all together', () => {
    const target = structuredClone(resources().Target) as { Properties: Record<string, unknown> };
    target.Properties['MaxCapacity'] = 2;
    const cpu = policy('ECSServiceAverageCPUUtilization', { TargetValue: 0 });
    expect(errorsOf(() => read({ Target: target, Cpu: cpu }))).toEqual([
      'minCapacity must be at most maxCapacity (2), got 3',
      'targetCpuUtilizationPercent must be above 0 and at most 100, got 0',
    ]);
  });
});
