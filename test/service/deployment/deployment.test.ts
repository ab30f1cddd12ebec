import { Duration, type Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Peer, Vpc } from 'aws-cdk-lib/aws-ec2';
import { type CfnService, DeploymentLifecycleLambdaTarget, DeploymentLifecycleStage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, ListenerAction, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { Deployment, type ScalableStatelessServiceProps } from '../../../src';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template as PlanTemplate } from '../../../src/plan/template/template';
import { FLAG_SETS, idOf, propertiesOf, refusals, synthesize, synthesizeSmall } from '../../synthesize';

const SERVICE = 'AWS::ECS::Service';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

function configurationOf(props: Parameters<typeof synthesize>[0], flags = {}): Record<string, unknown> {
  return propertiesOf(synthesizeSmall(props, flags).template, SERVICE)['DeploymentConfiguration'] as Record<string, unknown>;
}

const groupId = (template: Template, part: string) => ({ Ref: idOf(template, TARGET_GROUP, part) });

describe.each(FLAG_SETS)('with two versions side by side, %s', (_, flags) => {
  const { template, service } = synthesize({ deployment: Deployment.blueGreen() }, flags);

  test('ECS moves the traffic at once, keeps the old version for a while, and has no circuit breaker', () => {
    const configuration = propertiesOf(template, SERVICE)['DeploymentConfiguration'] as Record<string, unknown>;
    expect(configuration).toMatchObject({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 });
    expect(configuration).not.toHaveProperty('DeploymentCircuitBreaker');
  });

  test('a rule sends every request to the first group, and may be changed to send it to the second', () => {
    expect(propertiesOf(template, RULE)).toMatchObject({
      Priority: 50_000,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: groupId(template, 'SearchTargetGroup'), Weight: 100 },
              { TargetGroupArn: groupId(template, 'SecondTargetGroup'), Weight: 0 },
            ],
          },
        },
      ],
    });
    expect(service.secondTargetGroup?.node.path).toBe('Shop/Search/SecondTargetGroup');
  });

  test('ECS knows the rule, the second group, and the role that it changes them with', () => {
    const [balancer] = propertiesOf(template, SERVICE)['LoadBalancers'] as Record<string, unknown>[];
    expect(balancer).toMatchObject({
      TargetGroupArn: groupId(template, 'SearchTargetGroup'),
      AdvancedConfiguration: {
        AlternateTargetGroupArn: groupId(template, 'SecondTargetGroup'),
        ProductionListenerRule: { Ref: idOf(template, RULE) },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^SearchService/), 'Arn'] },
      },
    });
  });

  test('scaling follows the requests of both groups, so that it is not blind after the traffic has moved', () => {
    const policies = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy')).map(
      (policy) => policy['Properties'],
    );
    const requests = policies.find(({ PolicyName }) => PolicyName === 'Requests');
    const { CustomizedMetricSpecification: metric, TargetValue } = requests.TargetTrackingScalingPolicyConfiguration;
    expect(metric.Metrics.at(-1)).toEqual({ Id: 'requests', Expression: 'FILL(requests1, 0) + FILL(requests2, 0)', ReturnData: true });
    expect(JSON.stringify(metric.Metrics[0])).toContain(idOf(template, TARGET_GROUP, 'SearchTargetGroup'));
    expect(JSON.stringify(metric.Metrics[1])).toContain(idOf(template, TARGET_GROUP, 'SecondTargetGroup'));
    expect(metric.Metrics.slice(0, 2)).toMatchObject([
      { ReturnData: false, MetricStat: { Stat: 'Sum', Metric: { MetricName: 'RequestCountPerTarget' } } },
      { ReturnData: false, MetricStat: { Stat: 'Sum', Metric: { MetricName: 'RequestCountPerTarget' } } },
    ]);
    expect(TargetValue).toBe(6000);
  });

  test('a plan reads the same rule out of it as out of a service with one group', () => {
    const { plan, ignored } = readPlan(PlanTemplate.parse(JSON.stringify(template.toJSON()), 'Shop.template.json'));
    expect(ignored).toEqual([]);
    expect(plan.policy.targetTracking).toContainEqual(
      expect.objectContaining({ name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: 6000 }),
    );
  });
});

test.each<[Deployment, object]>([
  [Deployment.canary(), { Strategy: 'CANARY', CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 10 } }],
  [
    Deployment.canary({ stepPercent: 0.1, stepBakeTime: Duration.hours(1), bakeTime: Duration.minutes(0) }),
    { BakeTimeInMinutes: 0, CanaryConfiguration: { CanaryPercent: 0.1, CanaryBakeTimeInMinutes: 60 } },
  ],
  [Deployment.linear(), { Strategy: 'LINEAR', LinearConfiguration: { StepPercent: 10, StepBakeTimeInMinutes: 6 } }],
  [
    Deployment.linear({ stepPercent: 50, stepBakeTime: Duration.minutes(1) }),
    { LinearConfiguration: { StepPercent: 50, StepBakeTimeInMinutes: 1 } },
  ],
])('%# the traffic moves as configured', (deployment, configuration) => {
  expect(configurationOf({ deployment })).toMatchObject(configuration);
});

test('a new version can be tried on a port of its own, by those who are named', () => {
  const testTraffic = { port: 9000, allowFrom: [Peer.ipv4('203.0.113.0/24')] };
  const { template } = synthesize({ deployment: Deployment.blueGreen({ testTraffic }) });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 9000, Protocol: 'HTTP' });
  const [balancer] = propertiesOf(template, SERVICE)['LoadBalancers'] as { AdvancedConfiguration: Record<string, unknown> }[];
  expect(balancer!.AdvancedConfiguration['TestListenerRule']).toEqual({ Ref: idOf(template, RULE, 'TestListenerRule') });
  expect(JSON.stringify(propertiesOf(template, RULE, 'TestListenerRule'))).toMatch(/SecondTargetGroup[^}]*},"Weight":100/);
  const { SecurityGroupIngress } = propertiesOf(template, 'AWS::EC2::SecurityGroup', 'LoadBalancer') as {
    SecurityGroupIngress: { CidrIp: string; FromPort: number }[];
  };
  expect(SecurityGroupIngress.filter(({ FromPort }) => FromPort === 9000).map(({ CidrIp }) => CidrIp)).toEqual(['203.0.113.0/24']);
});

test('two versions stand behind a shared listener as well', () => {
  const { template } = synthesize((stack) => {
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
    const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc });
    const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
    const conditions = [ListenerCondition.pathPatterns(['/a/*'])];
    return { vpc, listener, conditions, priority: 3, deployment: Deployment.canary() };
  });
  expect(propertiesOf(template, RULE)).toMatchObject({ Priority: 3, Conditions: [{ PathPatternConfig: { Values: ['/a/*'] } }] });
});

test('what is called at the stages of a deployment is called', () => {
  const hook = (stack: Stack) =>
    new DeploymentLifecycleLambdaTarget(
      new Lambda(stack, 'Check', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = () => ({})'),
      }),
      'Hook',
      { lifecycleStages: [DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT] },
    );
  const configuration = configurationOf((stack) => ({ deployment: Deployment.blueGreen(), lifecycleHooks: [hook(stack)] }));
  expect(configuration['LifecycleHooks']).toEqual([expect.objectContaining({ LifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] })]);
});

describe('alarms have a deployment given up', () => {
  const alarm = (stack: Stack, id: string): Alarm =>
    new Alarm(stack, id, { metric: new Metric({ namespace: 'Shop', metricName: id }), threshold: 1, evaluationPeriods: 1 });

  test.each(FLAG_SETS)('those that are given and those that are added later, %s', (_, flags) => {
    const { service, stack } = synthesize((scope) => ({ rollbackAlarms: [alarm(scope, 'Given')], rollbackOnServiceAlarms: false }), flags);
    // synthesized once already: what is added now is in the next template.
    service.addRollbackAlarms(alarm(stack, 'Later'));
    const resource = service.service.node.defaultChild as CfnService & { _toCloudFormation(): object };
    const [{ Properties }] = Object.values(stack.resolve(resource._toCloudFormation()).Resources) as [
      { Properties: { DeploymentConfiguration: { Alarms: unknown } } },
    ];
    expect(Properties.DeploymentConfiguration.Alarms).toEqual({
      AlarmNames: [{ Ref: expect.stringMatching(/^Given/) }, { Ref: expect.stringMatching(/^Later/) }],
      Enable: true,
      Rollback: true,
    });
  });
});

describe('what the tasks run on', () => {
  test('is Fargate, in a strategy that can become Spot without replacing the service', () => {
    const { template } = synthesize();
    const properties = propertiesOf(template, SERVICE);
    expect(properties['CapacityProviderStrategy']).toEqual([{ CapacityProvider: 'FARGATE', Weight: 1 }]);
    expect(properties).not.toHaveProperty('LaunchType');
    expect(propertiesOf(template, 'AWS::ECS::ClusterCapacityProviderAssociations')['CapacityProviders']).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
    ]);
  });

  test('is partly Spot, above the tasks that are always needed', () => {
    const strategy = (props: ScalableStatelessServiceProps) =>
      propertiesOf(synthesize(props).template, SERVICE)['CapacityProviderStrategy'];
    expect(strategy({ spotPercent: 75, minCapacity: 3 })).toEqual([
      { CapacityProvider: 'FARGATE', Base: 3, Weight: 25 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 75 },
    ]);
    expect(strategy({ spotPercent: 100, onDemandBase: 0 })).toEqual([
      { CapacityProvider: 'FARGATE', Base: 0, Weight: 0 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 100 },
    ]);
  });
});

test('ECS rebalances the zones unless it is disabled', () => {
  const rebalancing = (props: ScalableStatelessServiceProps) =>
    propertiesOf(synthesize(props).template, SERVICE)['AvailabilityZoneRebalancing'];
  expect(rebalancing({})).toBe('ENABLED');
  expect(rebalancing({ availabilityZoneRebalancing: false })).toBe('DISABLED');
});

test('the percents, the grace period and the name are those that are given', () => {
  const props = {
    minHealthyPercent: 50,
    maxHealthyPercent: 150,
    healthCheckGracePeriod: Duration.seconds(0),
    serviceName: 'search',
    circuitBreaker: false,
  };
  const { template } = synthesize(props);
  expect(configurationOf(props)).toMatchObject({ MinimumHealthyPercent: 50, MaximumPercent: 150 });
  expect(configurationOf(props)).not.toHaveProperty('DeploymentCircuitBreaker');
  expect(propertiesOf(template, SERVICE)).toMatchObject({ HealthCheckGracePeriodSeconds: 0, ServiceName: 'search' });
});

describe('refused', () => {
  const blocked = (tasks: string, stay: number, run: number, min: string, got: string): string =>
    `maxHealthyPercent must leave room for one task more, or minHealthyPercent (${min}) for one less, with minCapacity (${tasks}): ` +
    `at least ${stay} must stay and at most ${run} may run, which blocks every deployment, got ${got}`;
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ minHealthyPercent: 101 }, 'minHealthyPercent must be a whole number from 0 to 100, got 101'],
    [{ maxHealthyPercent: 99 }, 'maxHealthyPercent must be a whole number from 100 to 200, got 99'],
    [{ maxHealthyPercent: 201 }, 'maxHealthyPercent must be a whole number from 100 to 200, got 201'],
    [{ maxHealthyPercent: 124.5 }, 'maxHealthyPercent must be a whole number from 100 to 200, got 124.5'],
    [{ minCapacity: 3, maxHealthyPercent: 125 }, blocked('3', 3, 3, '100, its default', '125')],
    [{ minCapacity: 1, maxHealthyPercent: 199 }, blocked('1', 1, 1, '100, its default', '199')],
    [{ minCapacity: 1, minHealthyPercent: 100, maxHealthyPercent: 100 }, blocked('1', 1, 1, '100', '100')],
    [{ minCapacity: 2, minHealthyPercent: 75, maxHealthyPercent: 149 }, blocked('2', 2, 2, '75', '149')],
    [
      { maxHealthyPercent: 100, minHealthyPercent: 50 },
      'availabilityZoneRebalancing must be false where maxHealthyPercent (100) leaves no room to start a task before one is stopped, got true, its default',
    ],
    [
      { deployment: Deployment.blueGreen(), circuitBreaker: true },
      'circuitBreaker must be left out where the deployment is not rolling, as ECS has it for rolling deployments only: use rollbackOnServiceAlarms, got true',
    ],
    [
      { deployment: Deployment.blueGreen({ bakeTime: Duration.minutes(1441) }) },
      'deployment.bakeTime must be a whole number of minutes from 0 to 1440, got 1441',
    ],
    [
      { deployment: Deployment.blueGreen({ bakeTime: Duration.seconds(90) }) },
      'deployment.bakeTime must be a whole number of minutes from 0 to 1440, got 1.5',
    ],
    [{ deployment: Deployment.canary({ stepPercent: 0.09 }) }, 'deployment.stepPercent must be from 0.1 to 100, got 0.09'],
    [{ deployment: Deployment.canary({ stepPercent: 100.1 }) }, 'deployment.stepPercent must be from 0.1 to 100, got 100.1'],
    [{ deployment: Deployment.linear({ stepPercent: 2.9 }) }, 'deployment.stepPercent must be from 3 to 100, got 2.9'],
    [
      { deployment: Deployment.linear({ stepBakeTime: Duration.minutes(1441) }) },
      'deployment.stepBakeTime must be a whole number of minutes from 0 to 1440, got 1441',
    ],
    [
      { deployment: Deployment.blueGreen({ testTraffic: { port: 0, allowFrom: [] } }) },
      'deployment.testTraffic.port must be a whole number from 1 to 65535, got 0',
    ],
    [{ spotPercent: 101 }, 'spotPercent must be a whole number from 0 to 100, got 101'],
    [{ onDemandBase: 1 }, 'spotPercent must be given beside onDemandBase, got none'],
    [{ serviceName: 'a b' }, "serviceName must be 1 to 255 letters, digits, underscores and hyphens, got 'a b' (3 characters)"],
    [
      { healthCheckGracePeriod: Duration.seconds(2_147_483_648) },
      'healthCheckGracePeriod must be a whole number of seconds from 0 to 2147483647, got 2147483648',
    ],
  ])('%# %j', (props, error) => {
    expect(refusals(props)[0]).toBe(error);
  });

  test.each<ScalableStatelessServiceProps>([
    { minCapacity: 3, maxHealthyPercent: 134 },
    { minCapacity: 4, maxHealthyPercent: 125 },
    { minCapacity: 3, minHealthyPercent: 66, maxHealthyPercent: 125 },
    { minCapacity: 1 },
    { maxHealthyPercent: 100, minHealthyPercent: 50, availabilityZoneRebalancing: false },
    { deployment: Deployment.canary({ stepPercent: 100 }) },
    { deployment: Deployment.linear({ stepPercent: 3 }) },
    { deployment: Deployment.blueGreen({ bakeTime: Duration.minutes(1440) }), circuitBreaker: false },
    { spotPercent: 1, onDemandBase: 0 },
  ])('but not %# %j', (props) => {
    expect(refusals(props)).toEqual([]);
  });

  test('what is called at stages, where there are none', () => {
    const hook = { bind: () => ({ targetArn: 'arn:aws:lambda:eu-west-1:123456789012:function:check', lifecycleStages: [] }) };
    expect(refusals({ lifecycleHooks: [hook] })).toEqual([
      'lifecycleHooks must be left out with a rolling deployment, which has no lifecycle hooks, got some',
    ]);
  });
});
