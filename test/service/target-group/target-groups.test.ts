import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  TargetGroupLoadBalancingAlgorithmType as Algorithm,
  ApplicationProtocol,
  ApplicationProtocolVersion,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { propertiesOf, refusals, synthesize, synthesizeSmall } from '../../synthesize';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

function attributesOf(props: ScalableStatelessServiceProps): Record<string, string> {
  const pairs = propertiesOf(synthesizeSmall(props).template, TARGET_GROUP)['TargetGroupAttributes'] as { Key: string; Value: string }[];
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

test('without props each task gets as many requests as the others, visitors stick to none, and what is begun is finished', () => {
  expect(attributesOf({})).toEqual({
    'deregistration_delay.timeout_seconds': String(DEFAULTS.deregistrationDelaySeconds),
    'load_balancing.algorithm.type': 'round_robin',
    'load_balancing.algorithm.anomaly_mitigation': 'off',
    'slow_start.duration_seconds': '0',
    'stickiness.enabled': 'false',
  });
});

test('what is switched off is in the template: an attribute that disappears from it would keep its value', () => {
  const keysOf = (props: ScalableStatelessServiceProps): string[] => Object.keys(attributesOf(props)).sort();
  const random = { loadBalancingAlgorithm: Algorithm.WEIGHTED_RANDOM };
  expect(keysOf({ ...random })).toEqual(keysOf({ ...random, enableAnomalyMitigation: true }));
  expect(keysOf({})).toEqual(keysOf({ slowStart: Duration.seconds(30) }));
});

test.each<[ScalableStatelessServiceProps, Record<string, string>]>([
  [{ deregistrationDelay: Duration.seconds(5) }, { 'deregistration_delay.timeout_seconds': '5' }],
  [{ loadBalancingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS }, { 'load_balancing.algorithm.type': 'least_outstanding_requests' }],
  [
    { loadBalancingAlgorithm: Algorithm.WEIGHTED_RANDOM, enableAnomalyMitigation: true },
    { 'load_balancing.algorithm.type': 'weighted_random', 'load_balancing.algorithm.anomaly_mitigation': 'on' },
  ],
  [{ slowStart: Duration.seconds(30) }, { 'slow_start.duration_seconds': '30' }],
  [{ stickinessCookieDuration: Duration.hours(1) }, { 'stickiness.enabled': 'true', 'stickiness.lb_cookie.duration_seconds': '3600' }],
])('%j', (props, attributes) => {
  expect(attributesOf(props)).toMatchObject(attributes);
});

test('it has the name that it is given', () => {
  expect(propertiesOf(synthesizeSmall({ targetGroupName: 'search' }).template, TARGET_GROUP)['Name']).toBe('search');
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

  test('has the health check of the props', () => {
    const healthCheck = {
      path: '/api/v1/health',
      interval: Duration.minutes(1),
      timeout: Duration.seconds(20),
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 4,
    };
    expect(propertiesOf(synthesizeSmall({ healthCheck }).template, TARGET_GROUP)).toMatchObject({
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
    [
      { stickinessCookieDuration: Duration.seconds(0) },
      'stickinessCookieDuration must be a whole number of seconds from 1 to 604800, got 0',
    ],
    [
      { stickinessCookieDuration: Duration.seconds(604_801) },
      'stickinessCookieDuration must be a whole number of seconds from 1 to 604800, got 604801',
    ],
    [
      { slowStart: Duration.seconds(30), loadBalancingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS },
      'loadBalancingAlgorithm must be round_robin beside slowStart, got least_outstanding_requests',
    ],
    [
      { slowStart: Duration.seconds(30), loadBalancingAlgorithm: Algorithm.WEIGHTED_RANDOM },
      'loadBalancingAlgorithm must be round_robin beside slowStart, got weighted_random',
    ],
    [
      { enableAnomalyMitigation: true },
      'loadBalancingAlgorithm must be weighted_random beside enableAnomalyMitigation, got round_robin, its default',
    ],
    [
      { targetGroupName: 'a'.repeat(33) },
      `targetGroupName must be 1 to 32 letters, digits and inner hyphens, got '${'a'.repeat(33)}' (33 characters)`,
    ],
    [{ targetGroupName: '-a' }, "targetGroupName must be 1 to 32 letters, digits and inner hyphens, got '-a' (2 characters)"],
  ])('%j', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test.each<ScalableStatelessServiceProps>([
    { slowStart: Duration.seconds(900) },
    { deregistrationDelay: Duration.seconds(0) },
    { stickinessCookieDuration: Duration.days(7) },
    { enableAnomalyMitigation: false, loadBalancingAlgorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS },
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

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const { GRPC, HTTP2 } = ApplicationProtocolVersion;

function secured(props: ScalableStatelessServiceProps): Parameters<typeof synthesize>[0] {
  return (stack) => ({
    image: IMAGE,
    certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
    ...props,
  });
}

describe('the protocol to the tasks', () => {
  test.each<[ScalableStatelessServiceProps, object]>([
    [{}, { Protocol: 'HTTP', HealthCheckPath: '/health' }],
    [{ targetProtocol: ApplicationProtocol.HTTPS }, { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' }],
    [
      { targetProtocol: ApplicationProtocol.HTTPS, healthCheck: { protocol: Protocol.HTTP, port: '9000' } },
      { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTP', HealthCheckPort: '9000' },
    ],
    [{ protocolVersion: HTTP2 }, { ProtocolVersion: 'HTTP2', Protocol: 'HTTP', HealthCheckPath: '/health' }],
    [{ protocolVersion: GRPC }, { ProtocolVersion: 'GRPC', HealthCheckPath: '/AWS.ALB/healthcheck', Matcher: { GrpcCode: '12' } }],
    [
      { protocolVersion: GRPC, healthCheck: { path: '/grpc.health.v1.Health/Check' } },
      { HealthCheckPath: '/grpc.health.v1.Health/Check', Matcher: { GrpcCode: '0' } },
    ],
    [{ protocolVersion: GRPC, healthCheck: { healthyGrpcCodes: '0-5' } }, { Matcher: { GrpcCode: '0-5' } }],
    [{ healthCheck: { healthyHttpCodes: '200,204' } }, { Matcher: { HttpCode: '200,204' } }],
  ])('%j', (props, properties) => {
    expect(propertiesOf(synthesizeSmall(secured(props)).template, TARGET_GROUP)).toMatchObject(properties);
  });

  test('has no matcher and no protocol of the health check by default', () => {
    const group = propertiesOf(synthesizeSmall(secured({})).template, TARGET_GROUP);
    expect(Object.keys(group).filter((name) => /Matcher|HealthCheckPro|HealthCheckPort|Version/.test(name))).toEqual([]);
  });

  test('of the health check may have a port of its own, to which the load balancer may connect', () => {
    const { template } = synthesize(secured({ healthCheck: { port: '9000' } }));
    const ports = (type: string): unknown[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties.FromPort);
    expect(ports('AWS::EC2::SecurityGroupEgress').sort()).toEqual([8080, 9000]);
    expect(ports('AWS::EC2::SecurityGroupIngress')).toContain(9000);
  });

  test.each<[ScalableStatelessServiceProps, string]>([
    [
      { protocolVersion: GRPC, healthCheck: { path: '/health' } },
      "healthCheck.path must be a method with gRPC, such as /grpc.health.v1.Health/Check, got '/health'",
    ],
    [
      { protocolVersion: GRPC, healthCheck: { healthyHttpCodes: '200' } },
      "healthCheck.healthyHttpCodes must be left out with gRPC: use healthyGrpcCodes, got '200'",
    ],
    [
      { protocolVersion: HTTP2, healthCheck: { healthyGrpcCodes: '0' } },
      'protocolVersion must be ApplicationProtocolVersion.GRPC beside healthCheck.healthyGrpcCodes, got HTTP2',
    ],
    [
      { protocolVersion: GRPC, healthCheck: { healthyGrpcCodes: '100' } },
      "healthCheck.healthyGrpcCodes must be codes from 0 to 99, such as '0,2' or '0-99', got '100'",
    ],
    [
      { healthCheck: { healthyHttpCodes: '500' } },
      "healthCheck.healthyHttpCodes must be codes from 200 to 499, such as '200,202' or '200-499', got '500'",
    ],
    [{ healthCheck: { port: '0' } }, "healthCheck.port must be a whole number from 1 to 65535, or be left out, got '0'"],
    [{ healthCheck: { protocol: Protocol.TCP } }, 'healthCheck.protocol must be Protocol.HTTP or Protocol.HTTPS, got TCP'],
  ])('%j is refused', (props, error) => {
    expect(refusals(secured(props)!)).toEqual([error]);
  });

  test.each([HTTP2, GRPC])('%s without HTTPS is refused', (protocolVersion) => {
    expect(refusals({ image: IMAGE, protocolVersion })).toEqual([
      `certificate or domainName must be given beside protocolVersion ${protocolVersion}, got neither`,
    ]);
  });
});
