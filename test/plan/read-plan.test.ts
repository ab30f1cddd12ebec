import { describe, expect, test } from 'vitest';
import { PLAIN_INFRASTRUCTURE } from '../../src/plan/infrastructure';
import { InvalidInput } from '../../src/plan/invalid-input';
import { scalingPolicy } from '../../src/plan/policy';
import { readPlan } from '../../src/plan/read-plan';
import { Template } from '../../src/plan/template';

/** A template as small as a plan can be read from, as somebody else's tool might write it. */
function resources() {
  return {
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

function mistakesOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes;
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
        infrastructure: { ...PLAIN_INFRASTRUCTURE, loadBalancerNodes: 1 },
        routing: { algorithm: 'round_robin', slowStartSeconds: 0, mitigatesAnomalies: false },
        deployment: {
          rebalancesZones: true,
          minimumHealthyPercent: 100,
          maximumPercent: 200,
          hasCircuitBreaker: false,
          healthCheckGracePeriodSeconds: 0,
        },
        zoneCount: 2,
      },
    });
  });

  test('has its policies on other metrics named as ignored', () => {
    const { ignored } = read({ Queue: policy('SQSQueueDepth', { TargetValue: 70 }) });
    expect(ignored).toEqual(['Queue (SQSQueueDepth): this metric is not followed']);
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
    routing: { algorithm: 'round_robin', slowStartSeconds: 45, mitigatesAnomalies: false },
    deployment: {
      rebalancesZones: true,
      minimumHealthyPercent: 66,
      maximumPercent: 150,
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
    { steps: [{ share: 0.05, holdSeconds: 600 }], bakeSeconds: 60 },
  ],
  [
    { Strategy: 'LINEAR', BakeTimeInMinutes: 0, LinearConfiguration: { StepPercent: 50, StepBakeTimeInMinutes: 2 } },
    { steps: [{ share: 0.5, holdSeconds: 120 }], bakeSeconds: 0 },
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
    ['Targets stickiness.type app_cookie: clients are bound to a target by lb_cookie only'],
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
    'Shop DesiredCount 5: a run starts with MinCapacity',
    'Targets Matcher 200-399: a health check passes with 200 only',
  ]);
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
    expect(mistakesOf(() => Template.parse('Resources:', 'shop.yaml'))[0]).toMatch(/^shop\.yaml must be JSON, got /);
    expect(mistakesOf(() => Template.parse('[]', 'shop.json'))).toEqual([
      'shop.json must be a CloudFormation template with Resources, got none',
    ]);
  });

  test.each([
    ['no service', { Shop: { Type: 'AWS::SNS::Topic' } }, 'the template must hold an AWS::ECS::Service, got none'],
    [
      'no scaling',
      { Target: { Type: 'AWS::SNS::Topic' } },
      'Shop must have an AWS::ApplicationAutoScaling::ScalableTarget, got none: it does not scale',
    ],
    [
      'no policy that can be followed',
      { Cpu: policy('SQSQueueDepth', {}) },
      'Shop must have a scaling policy or a scheduled action that can be followed, got none\nCpu (SQSQueueDepth): this metric is not followed',
    ],
    ['no target group', { Targets: { Type: 'AWS::SNS::Topic' } }, 'Shop must stand behind a target group of this template, got none'],
    ['two services', { Other: resources().Shop }, 'the template holds 2 services: choose one with --service, got none (Shop, Other)'],
  ])('%s', (_, changed, mistake) => {
    expect(mistakesOf(() => read(changed))).toEqual([mistake]);
  });

  test('a service that is not there', () => {
    expect(mistakesOf(() => read({}, 'Sohp'))).toEqual(["--service must be one of Shop, got 'Sohp'"]);
  });

  test('numbers that only a deployment knows', () => {
    const target = structuredClone(resources().Target) as { Properties: Record<string, unknown> };
    target.Properties['MaxCapacity'] = { Ref: 'Unknown' };
    const cpu = policy('ECSServiceAverageCPUUtilization', {});
    expect(mistakesOf(() => read({ Target: target, Cpu: cpu }))).toEqual([
      'Target MaxCapacity must be a number known at synthesis, got {"Ref":"Unknown"}',
      'Cpu TargetValue must be a number known at synthesis, got nothing',
    ]);
  });

  test('rules that AWS would refuse, all together', () => {
    const target = structuredClone(resources().Target) as { Properties: Record<string, unknown> };
    target.Properties['MaxCapacity'] = 2;
    const cpu = policy('ECSServiceAverageCPUUtilization', { TargetValue: 0 });
    expect(mistakesOf(() => read({ Target: target, Cpu: cpu }))).toEqual([
      'minCapacity must be at most maxCapacity (2), got 3',
      'targetCpuUtilizationPercent must be above 0 and at most 100, got 0',
    ]);
  });
});
