import { CfnParameter, Duration } from 'aws-cdk-lib';
import { TargetGroupLoadBalancingAlgorithmType as Algorithm } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { propertiesOf, refusals, synthesize } from '../../synthesize';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

function attributesOf(props: ScalableStatelessServiceProps): Record<string, string> {
  const pairs = propertiesOf(synthesize(props).template, TARGET_GROUP)['TargetGroupAttributes'] as { Key: string; Value: string }[];
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

test('without props each task gets as many requests as the others, visitors stick to none, and what is begun is finished', () => {
  expect(attributesOf({})).toEqual({
    'deregistration_delay.timeout_seconds': String(DEFAULTS.deregistrationDelaySeconds),
    'load_balancing.algorithm.type': 'round_robin',
    'stickiness.enabled': 'false',
  });
});

test.each<[ScalableStatelessServiceProps, Record<string, string>]>([
  [{ deregistrationDelay: Duration.seconds(5) }, { 'deregistration_delay.timeout_seconds': '5' }],
  [{ routingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS }, { 'load_balancing.algorithm.type': 'least_outstanding_requests' }],
  [
    { routingAlgorithm: Algorithm.WEIGHTED_RANDOM, anomalyMitigation: true },
    { 'load_balancing.algorithm.type': 'weighted_random', 'load_balancing.algorithm.anomaly_mitigation': 'on' },
  ],
  [{ slowStart: Duration.seconds(30) }, { 'slow_start.duration_seconds': '30' }],
  [{ stickiness: Duration.hours(1) }, { 'stickiness.enabled': 'true', 'stickiness.lb_cookie.duration_seconds': '3600' }],
])('%j', (props, attributes) => {
  expect(attributesOf(props)).toMatchObject(attributes);
});

test('it has the name that it is given', () => {
  expect(propertiesOf(synthesize({ targetGroupName: 'search' }).template, TARGET_GROUP)['Name']).toBe('search');
});

describe('the health check', () => {
  test('sends to the addresses of the tasks, checks them, and lets them finish', () => {
    expect(propertiesOf(synthesize().template, TARGET_GROUP)).toMatchObject({
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: DEFAULTS.containerPort,
      HealthCheckPath: DEFAULTS.healthCheck.path,
      HealthCheckIntervalSeconds: DEFAULTS.healthCheck.intervalSeconds,
      HealthCheckTimeoutSeconds: DEFAULTS.healthCheck.timeoutSeconds,
      HealthyThresholdCount: DEFAULTS.healthCheck.healthyThresholdCount,
      UnhealthyThresholdCount: DEFAULTS.healthCheck.unhealthyThresholdCount,
      TargetGroupAttributes: expect.arrayContaining([
        { Key: 'deregistration_delay.timeout_seconds', Value: String(DEFAULTS.deregistrationDelaySeconds) },
      ]),
    });
  });

  test('checks as it is told', () => {
    const healthCheck = {
      path: '/api/v1/health',
      interval: Duration.minutes(1),
      timeout: Duration.seconds(20),
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 4,
    };
    expect(propertiesOf(synthesize({ healthCheck }).template, TARGET_GROUP)).toMatchObject({
      HealthCheckPath: '/api/v1/health',
      HealthCheckIntervalSeconds: 60,
      HealthCheckTimeoutSeconds: 20,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 4,
    });
  });
});

describe('refused', () => {
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ deregistrationDelay: Duration.seconds(3601) }, 'deregistrationDelay must be a whole number of seconds from 0 to 3600, got 3601'],
    [{ deregistrationDelay: Duration.millis(500) }, 'deregistrationDelay must be a whole number of seconds from 0 to 3600, got 0.5'],
    [{ slowStart: Duration.seconds(29) }, 'slowStart must be a whole number of seconds from 30 to 900, got 29'],
    [{ slowStart: Duration.seconds(901) }, 'slowStart must be a whole number of seconds from 30 to 900, got 901'],
    [{ stickiness: Duration.seconds(0) }, 'stickiness must be a whole number of seconds from 1 to 604800, got 0'],
    [{ stickiness: Duration.seconds(604_801) }, 'stickiness must be a whole number of seconds from 1 to 604800, got 604801'],
    [
      { slowStart: Duration.seconds(30), routingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS },
      'routingAlgorithm must be round_robin beside slowStart, got least_outstanding_requests',
    ],
    [
      { slowStart: Duration.seconds(30), routingAlgorithm: Algorithm.WEIGHTED_RANDOM },
      'routingAlgorithm must be round_robin beside slowStart, got weighted_random',
    ],
    [{ anomalyMitigation: true }, 'routingAlgorithm must be weighted_random beside anomalyMitigation, got round_robin, its default'],
    [
      { targetGroupName: 'a'.repeat(33) },
      `targetGroupName must be 1 to 32 letters, digits and inner hyphens, got '${'a'.repeat(33)}' (33 characters)`,
    ],
    [{ targetGroupName: '-a' }, "targetGroupName must be 1 to 32 letters, digits and inner hyphens, got '-a' (2 characters)"],
  ])('%j', (props, mistake) => {
    expect(refusals(props)).toEqual([mistake]);
  });

  test.each<ScalableStatelessServiceProps>([
    { slowStart: Duration.seconds(900) },
    { deregistrationDelay: Duration.seconds(0) },
    { stickiness: Duration.days(7) },
    { anomalyMitigation: false, routingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS },
    { targetGroupName: 'a'.repeat(32) },
  ])('but not %j', (props) => {
    expect(refusals(props)).toEqual([]);
  });

  test('but not a delay that only the deployment knows', () => {
    const refused = refusals((stack) => ({
      deregistrationDelay: Duration.seconds(new CfnParameter(stack, 'Delay', { type: 'Number' }).valueAsNumber),
    }));
    expect(refused).toEqual([]);
  });
});
