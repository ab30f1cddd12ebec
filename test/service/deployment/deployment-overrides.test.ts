import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage, DeploymentLifecycleLambdaTarget, DeploymentLifecycleStage } from 'aws-cdk-lib/aws-ecs';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import {
  ApprovalTimeoutAction,
  CircuitBreakerThreshold,
  Deployment,
  PreProductionTrafficShiftHook,
  ScalableStatelessService,
  type ScalableStatelessServiceProps,
} from '../../../src';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template as ReadTemplate } from '../../../src/plan/template/template';
import { planOf } from '../../../src/service/plan-from-props';
import { newApp, propertiesOf, refusals, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const CHECK = 'arn:aws:lambda:eu-west-1:123456789012:function:check';

function configurationOf(
  props: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps),
): Record<string, unknown> {
  const { template } = synthesize((stack) => ({ image: IMAGE, ...(typeof props === 'function' ? props(stack) : props) }));
  return propertiesOf(template, 'AWS::ECS::Service')['DeploymentConfiguration'] as Record<string, unknown>;
}

describe('the circuit breaker', () => {
  test.each<[CircuitBreakerThreshold, object]>([
    [CircuitBreakerThreshold.count(12), { Type: 'COUNT', Value: 12 }],
    [CircuitBreakerThreshold.boundedPercent(25), { Type: 'BOUNDED_PERCENT', Value: 25 }],
    [CircuitBreakerThreshold.unboundedPercent(100), { Type: 'UNBOUNDED_PERCENT', Value: 100 }],
  ])('has a threshold of %j', (circuitBreakerThreshold, threshold) => {
    expect(configurationOf({ deployment: Deployment.rolling({ circuitBreakerThreshold }) })['DeploymentCircuitBreaker']).toEqual({
      Enable: true,
      Rollback: true,
      ThresholdConfiguration: threshold,
    });
  });

  test('counts all failures of a deployment, or those in a row, which is the default of ECS', () => {
    const breaker = (deployment: Deployment): unknown => configurationOf({ deployment })['DeploymentCircuitBreaker'];
    expect(breaker(Deployment.rolling({ resetOnHealthyTask: false }))).toEqual({ Enable: true, Rollback: true, ResetOnHealthyTask: false });
    expect(breaker(Deployment.rolling())).toEqual({ Enable: true, Rollback: true });
  });
});

describe('the plan of the props', () => {
  const handler = (stack: Stack) => Lambda.fromFunctionAttributes(stack, 'Check', { functionArn: CHECK, sameEnvironment: true });

  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps]>([
    ['no props', () => ({})],
    [
      'a threshold, no reset and early success',
      () => ({
        minHealthyPercent: 50,
        deployment: Deployment.rolling({
          circuitBreakerThreshold: CircuitBreakerThreshold.unboundedPercent(30),
          resetOnHealthyTask: false,
          earlySuccessHealthyPercent: 75,
          deferCleanup: true,
        }),
      }),
    ],
    [
      'a bounded threshold',
      () => ({ deployment: Deployment.rolling({ circuitBreakerThreshold: CircuitBreakerThreshold.boundedPercent(20) }) }),
    ],
    ['no circuit breaker', () => ({ circuitBreaker: false })],
    ['an approval', () => ({ deployment: Deployment.canary({ approval: {} }) })],
    [
      'an approval with another timeout',
      () => ({
        deployment: Deployment.blueGreen({ approval: { timeout: Duration.hours(2), timeoutAction: ApprovalTimeoutAction.CONTINUE } }),
      }),
    ],
  ])('is read from the template: %s', (_, props) => {
    const { template } = synthesize((stack) => ({ image: IMAGE, ...props(stack) }));
    const { plan, ignored } = readPlan(ReadTemplate.parse(JSON.stringify(template.toJSON()), 'Shop.template.json'));
    const { deployment } = planOf(props(new Stack()));
    const given = Object.fromEntries(Object.entries(deployment).filter(([, value]) => value !== undefined));
    const { rollbackAlarms, trafficShift: ___, ...read } = plan.deployment;
    expect([read, ignored]).toEqual([given, []]);
    const [watched] = DEFAULT_PLAN.deployment.rollbackAlarms!.watched;
    expect(rollbackAlarms).toEqual({
      ...DEFAULT_PLAN.deployment.rollbackAlarms,
      watched: [{ ...watched, alarmName: expect.stringContaining('SlowResponses') }],
      notSimulated: [expect.stringContaining('ServerErrors')],
    });
  });

  test('has the functions of the hooks beside the pause', () => {
    const { template } = synthesize((stack) => ({
      image: IMAGE,
      deployment: Deployment.linear({ approval: {} }),
      lifecycleHooks: [new PreProductionTrafficShiftHook(handler(stack), 'Before')],
    }));
    const { plan } = readPlan(ReadTemplate.parse(JSON.stringify(template.toJSON()), 'Shop.template.json'));
    expect(plan.deployment.lifecycleHooks!.map(({ targetType, stages }) => [targetType, ...stages])).toEqual([
      ['AWS_LAMBDA', 'PRE_PRODUCTION_TRAFFIC_SHIFT'],
      ['PAUSE', 'PRE_PRODUCTION_TRAFFIC_SHIFT'],
    ]);
  });
});

describe('an early success', () => {
  test.each([
    [{ earlySuccessHealthyPercent: 100 }, { Enable: true, HealthyPercent: 100, SourceServiceRevisionCleanup: 'BLOCKING' }],
    [
      { earlySuccessHealthyPercent: 100, deferCleanup: true },
      { Enable: true, HealthyPercent: 100, SourceServiceRevisionCleanup: 'DEFERRED' },
    ],
  ])('%j ends a rolling deployment by %j', (options, criteria) => {
    expect(configurationOf({ deployment: Deployment.rolling(options) })['EarlySuccessCriteria']).toEqual(criteria);
  });
});

describe('an approval', () => {
  const pause = { TargetType: 'PAUSE', LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] };

  test('pauses a deployment before traffic moves, for a day, and then rolls it back', () => {
    expect(configurationOf({ deployment: Deployment.canary({ approval: {} }) })['LifecycleHooks']).toEqual([
      { ...pause, TimeoutConfiguration: { TimeoutInMinutes: 1440, Action: 'ROLLBACK' } },
    ]);
  });

  test('has the timeout and the action of the props', () => {
    const approval = { timeout: Duration.minutes(30), timeoutAction: ApprovalTimeoutAction.CONTINUE };
    expect(configurationOf({ deployment: Deployment.blueGreen({ approval }) })['LifecycleHooks']).toEqual([
      { ...pause, TimeoutConfiguration: { TimeoutInMinutes: 30, Action: 'CONTINUE' } },
    ]);
  });

  test('comes after the functions that are called, also those that are added later', () => {
    const stack = new Stack(newApp(), 'Shop');
    const handler = Lambda.fromFunctionAttributes(stack, 'Check', { functionArn: CHECK, sameEnvironment: true });
    const target = new DeploymentLifecycleLambdaTarget(handler, 'Check', { lifecycleStages: [DeploymentLifecycleStage.POST_SCALE_UP] });
    const deployment = Deployment.canary({ approval: {} });
    const { service } = new ScalableStatelessService(stack, 'Search', { image: IMAGE, deployment, lifecycleHooks: [target] });
    service.addLifecycleHook(new PreProductionTrafficShiftHook(handler, 'Later'));
    const template = Template.fromStack(stack);
    const { LifecycleHooks } = propertiesOf(template, 'AWS::ECS::Service')['DeploymentConfiguration'] as { LifecycleHooks: object[] };
    expect(LifecycleHooks).toMatchObject([
      { HookTargetArn: CHECK, LifecycleStages: ['POST_SCALE_UP'], RoleArn: {} },
      { HookTargetArn: CHECK, LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'], RoleArn: {} },
      pause,
    ]);
    expect(Object.keys(LifecycleHooks[0]!).sort()).toEqual(['HookTargetArn', 'LifecycleStages', 'RoleArn']);
  });
});

test('a function is called before traffic moves, by a role that may call it', () => {
  const hooks = configurationOf((stack) => ({
    deployment: Deployment.linear(),
    lifecycleHooks: [
      new PreProductionTrafficShiftHook(
        Lambda.fromFunctionAttributes(stack, 'Check', { functionArn: CHECK, sameEnvironment: true }),
        'Check',
      ),
    ],
  }))['LifecycleHooks'];
  expect(hooks).toEqual([
    {
      HookTargetArn: CHECK,
      LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
      RoleArn: { 'Fn::GetAtt': [expect.stringContaining('CheckRole'), 'Arn'] },
    },
  ]);
});

describe('refused', () => {
  const threshold = CircuitBreakerThreshold.count(0);
  test.each<[ScalableStatelessServiceProps, string]>([
    [
      { deployment: Deployment.rolling({ circuitBreakerThreshold: threshold }) },
      'deployment.circuitBreakerThreshold must be a whole number of tasks from 1 to 2147483647, got 0',
    ],
    [
      { deployment: Deployment.rolling({ circuitBreakerThreshold: CircuitBreakerThreshold.boundedPercent(101) }) },
      'deployment.circuitBreakerThreshold must be a whole number of percent from 1 to 100, got 101',
    ],
    [
      { deployment: Deployment.rolling({ resetOnHealthyTask: true }), circuitBreaker: false },
      'circuitBreaker must be true beside deployment.resetOnHealthyTask, got false',
    ],
    [
      { deployment: Deployment.rolling({ earlySuccessHealthyPercent: 50 }) },
      'deployment.earlySuccessHealthyPercent must be at least minHealthyPercent (100, its default), got 50',
    ],
    [
      { deployment: Deployment.rolling({ deferCleanup: true }) },
      'deployment.earlySuccessHealthyPercent must be given beside deployment.deferCleanup, got none',
    ],
    [
      { deployment: Deployment.blueGreen({ approval: { timeout: Duration.days(15) } }) },
      'deployment.approval.timeout must be a whole number of minutes from 1 to 20160, got 21600',
    ],
  ])('%# %j', (props, error) => {
    expect(refusals({ image: IMAGE, ...props })).toEqual([error]);
  });

  test('but not half of the tasks, where half of them may be gone', () => {
    expect(refusals({ image: IMAGE, minHealthyPercent: 50, deployment: Deployment.rolling({ earlySuccessHealthyPercent: 50 }) })).toEqual(
      [],
    );
  });
});
