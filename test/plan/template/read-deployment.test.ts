import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../src/plan/deployment-settings';
import type { ParsedPlan } from '../../../src/plan/service-plan';
import { readService, tracking } from './scaled-template';

function read(configuration: object, alarms: object = {}): ParsedPlan {
  const cpu = tracking({ TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } });
  return readService({ Cpu: cpu, ...alarms }, {}, { DeploymentConfiguration: configuration });
}

describe('the circuit breaker of a template', () => {
  test.each<[object, Partial<Deployment>]>([
    [{ Enable: true, Rollback: true }, { hasCircuitBreaker: true }],
    [
      { Enable: true, Rollback: false },
      { hasCircuitBreaker: true, circuitBreakerRollsBack: false },
    ],
    [
      { Enable: true, Rollback: true, ResetOnHealthyTask: false, ThresholdConfiguration: { Type: 'COUNT', Value: 12 } },
      { hasCircuitBreaker: true, resetOnHealthyTask: false, circuitBreakerThreshold: { type: 'COUNT', value: 12 } },
    ],
    [
      { Enable: 'true', ResetOnHealthyTask: 'true', ThresholdConfiguration: { Type: 'UNBOUNDED_PERCENT', Value: '25' } },
      { hasCircuitBreaker: true, resetOnHealthyTask: true, circuitBreakerThreshold: { type: 'UNBOUNDED_PERCENT', value: 25 } },
    ],
  ])('%j is read', (circuitBreaker, expected) => {
    const { plan, ignored } = read({ DeploymentCircuitBreaker: circuitBreaker });
    const {
      rebalancesZones: _,
      minHealthyPercent: __,
      maxHealthyPercent: ___,
      healthCheckGracePeriodSeconds: ____,
      ...rest
    } = plan.deployment;
    expect([rest, ignored]).toEqual([expected, []]);
  });

  test.each([
    [
      { Type: 'PERCENT', Value: 50 },
      'circuit breaker threshold type must be one of COUNT, BOUNDED_PERCENT, UNBOUNDED_PERCENT, got PERCENT',
    ],
    [{ Type: 'COUNT', Value: 0 }, 'circuit breaker threshold must be a whole number of at least 1, got 0'],
    [{ Type: 'COUNT' }, 'Shop ThresholdConfiguration Value must be a number, got nothing'],
  ])('with a threshold of %j is rejected', (threshold, error) => {
    const circuitBreaker = { Enable: true, Rollback: true, ThresholdConfiguration: threshold };
    expect(() => read({ DeploymentCircuitBreaker: circuitBreaker })).toThrow(error);
  });
});

test.each(['BLUE_GREEN', 'CANARY', 'LINEAR'])(
  'the circuit breaker beside the strategy %s is ignored: ECS has it for rolling deployments',
  (strategy) => {
    const shift = {
      CanaryConfiguration: { CanaryPercent: 10, CanaryBakeTimeInMinutes: 5 },
      LinearConfiguration: { StepPercent: 25, StepBakeTimeInMinutes: 5 },
    };
    const { plan, ignored } = read({ Strategy: strategy, ...shift, DeploymentCircuitBreaker: { Enable: true, Rollback: true } });
    expect(plan.deployment.hasCircuitBreaker).toBe(false);
    expect(ignored).toEqual(['Shop DeploymentCircuitBreaker: ECS has it for rolling deployments only']);
  },
);

describe('the lifecycle hooks of a template', () => {
  test('have the timeout of ECS unless it is given, and invoke a function unless they pause', () => {
    const hooks = [
      { TargetType: 'PAUSE', LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] },
      {
        HookTargetArn: { 'Fn::GetAtt': ['Check', 'Arn'] },
        LifecycleStages: ['POST_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'],
        TimeoutConfiguration: { TimeoutInMinutes: '5', Action: 'CONTINUE' },
      },
    ];
    const { plan, ignored } = read({ Strategy: 'CANARY', BakeTimeInMinutes: 1, LifecycleHooks: hooks });
    expect([plan.deployment.lifecycleHooks, ignored]).toEqual([
      [
        { targetType: 'PAUSE', stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'], timeoutMinutes: 1440, timeoutAction: 'ROLLBACK' },
        { targetType: 'AWS_LAMBDA', stages: ['POST_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'], timeoutMinutes: 5, timeoutAction: 'CONTINUE' },
      ],
      [],
    ]);
  });

  test('are rejected where a deployment cannot pause', () => {
    const hooks = [{ TargetType: 'PAUSE', LifecycleStages: ['TEST_TRAFFIC_SHIFT'] }];
    expect(() => read({ Strategy: 'BLUE_GREEN', LifecycleHooks: hooks })).toThrow('a deployment cannot pause at TEST_TRAFFIC_SHIFT');
  });

  test('are named as ignored for a rolling deployment', () => {
    const { plan, ignored } = read({ LifecycleHooks: [{ TargetType: 'PAUSE', LifecycleStages: ['POST_SCALE_UP'] }] });
    expect(plan.deployment.lifecycleHooks).toBeUndefined();
    expect(ignored).toEqual(['Shop LifecycleHooks: a rolling deployment runs none in a forecast']);
  });
});

describe('the alarms of a deployment', () => {
  const slow = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'TargetResponseTime',
      ExtendedStatistic: 'p95',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
  };
  const errors = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...slow.Properties,
      AlarmName: 'shop-errors',
      ExtendedStatistic: undefined,
      Statistic: 'Sum',
      MetricName: 'HTTPCode_Target_5XX_Count',
      EvaluationPeriods: 5,
    },
  };

  test('are those of the template, by reference or by name, and the longest evaluation gives the bake time', () => {
    const alarms = { AlarmNames: [{ Ref: 'Slow' }, 'shop-errors'], Enable: true, Rollback: true };
    const { plan, ignored } = read({ Alarms: alarms }, { Slow: slow, Errors: errors });
    expect(ignored).toEqual([]);
    expect(plan.deployment.rollbackAlarms).toEqual({
      watched: [
        {
          alarmName: 'Slow',
          metric: 'TargetResponseTime',
          statistic: 'p95',
          alarm: {
            comparisonOperator: 'GreaterThanOrEqualToThreshold',
            threshold: 1,
            evaluationPeriods: 3,
            datapointsToAlarm: 3,
            treatMissingData: 'notBreaching',
            periodSeconds: 60,
          },
        },
      ],
      notSimulated: ['shop-errors'],
      evaluationSeconds: 300,
      rollsBack: true,
    });
  });

  test.each([[{ AlarmNames: [{ Ref: 'Slow' }], Enable: false, Rollback: false }], [{ AlarmNames: [], Enable: true, Rollback: true }]])(
    '%j are none',
    (alarms) => {
      expect(read({ Alarms: alarms }, { Slow: slow }).plan.deployment.rollbackAlarms).toBeUndefined();
    },
  );

  test('of another stack have an assumed evaluation time, and only fail a deployment without a rollback if that is off', () => {
    const { plan, ignored } = read({ Alarms: { AlarmNames: ['other'], Enable: true, Rollback: false } });
    expect(plan.deployment.rollbackAlarms).toEqual({ watched: [], notSimulated: ['other'], evaluationSeconds: 300, rollsBack: false });
    expect(ignored).toEqual(['Shop Alarms other: its evaluation time is not known, 300 s are assumed for the bake time']);
  });

  test('whose numbers only the deployment knows are not simulated', () => {
    const later = { ...slow, Properties: { ...slow.Properties, Threshold: { 'Fn::ImportValue': 'threshold' } } };
    const { plan } = read({ Alarms: { AlarmNames: [{ Ref: 'Later' }], Enable: true, Rollback: true } }, { Later: later });
    expect(plan.deployment.rollbackAlarms).toMatchObject({ watched: [], notSimulated: ['Later'], evaluationSeconds: 180 });
  });
});

describe('the early success criteria of a template', () => {
  test('are read for a rolling deployment', () => {
    const criteria = { Enable: true, HealthyPercent: 100, SourceServiceRevisionCleanup: 'DEFERRED' };
    expect(read({ EarlySuccessCriteria: criteria }).plan.deployment.earlySuccess).toEqual({ healthyPercent: 100, cleanup: 'DEFERRED' });
    expect(read({ EarlySuccessCriteria: { ...criteria, Enable: false } }).plan.deployment.earlySuccess).toBeUndefined();
  });

  test.each([
    [{ HealthyPercent: 50, SourceServiceRevisionCleanup: 'BLOCKING' }, 'from minimum healthy percent (100) to 100, got 50'],
    [{ HealthyPercent: 100 }, 'the cleanup of early success must be one of BLOCKING, DEFERRED, got none'],
    [{ SourceServiceRevisionCleanup: 'BLOCKING' }, 'HealthyPercent must be a number, got nothing'],
  ])('that ECS would reject are rejected: %j', (criteria, error) => {
    expect(() => read({ EarlySuccessCriteria: { Enable: true, ...criteria } })).toThrow(error);
  });
});
