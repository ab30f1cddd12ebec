import { CfnParameter, Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../src';
import { formatError, type ValidationError, validationError } from '../../src/parse/validation-error';
import { withDefaults } from '../../src/service/service-validation';
import { refusals } from '../synthesize';

describe('rejects', () => {
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ minCapacity: 0 }, 'minCapacity must be a whole number of at least 1, got 0'],
    [{ minCapacity: 2.5 }, 'minCapacity must be a whole number of at least 1, got 2.5'],
    [{ minCapacity: 7 }, 'minCapacity must be at most maxCapacity (6, its default), got 7'],
    [{ maxCapacity: 1 }, 'minCapacity must be at most maxCapacity (1), got 2, its default'],
    [{ targetCpuUtilizationPercent: 0 }, 'targetCpuUtilizationPercent must be above 0 and at most 100, got 0'],
    [{ targetCpuUtilizationPercent: 101 }, 'targetCpuUtilizationPercent must be above 0 and at most 100, got 101'],
    [{ requestsPerSecondPerTask: 0 }, 'requestsPerSecondPerTask must be above 0, got 0'],
    [{ requestsPerSecondPerTask: -0.1 }, 'requestsPerSecondPerTask must be above 0, got -0.1'],
    [{ requestsPerSecondPerTask: Number.NaN }, 'requestsPerSecondPerTask must be above 0, got NaN'],
    [{ requestsPerSecondPerTask: Number.POSITIVE_INFINITY }, 'requestsPerSecondPerTask must be above 0, got Infinity'],
    [{ cpu: 300 }, 'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 300'],
    [{ memoryLimitMiB: 4096 }, 'memoryLimitMiB must be one of 512, 1024, 2048 for cpu (256, its default) on Fargate, got 4096'],
    [{ cpu: 512 }, 'memoryLimitMiB must be one of 1024, 2048, 3072, 4096 for cpu (512) on Fargate, got 512, its default'],
    [{ containerPort: 0 }, 'containerPort must be a whole number from 1 to 65535, got 0'],
    [{ containerPort: 65_536 }, 'containerPort must be a whole number from 1 to 65535, got 65536'],
    [{ scaleOutCooldown: Duration.millis(1500) }, 'scaleOutCooldown must be a whole number of seconds of at least 0, got 1.5'],
    [{ scaleInCooldown: Duration.millis(1) }, 'scaleInCooldown must be a whole number of seconds of at least 0, got 0.001'],
    [
      { healthCheck: { path: 'health' } },
      "healthCheck.path must start with '/' and be at most 1024 ASCII characters without spaces, got 'health'",
    ],
    [{ healthCheck: { interval: Duration.seconds(301) } }, 'healthCheck.interval must be from 5 to 300 seconds, got 301 seconds'],
    [{ healthCheck: { interval: Duration.millis(7500) } }, 'healthCheck.interval must be a whole number of seconds, got 7.5 seconds'],
    [{ healthCheck: { timeout: Duration.seconds(1) } }, 'healthCheck.timeout must be from 2 to 120 seconds, got 1 seconds'],
    [
      { healthCheck: { timeout: Duration.seconds(10) } },
      'healthCheck.timeout must be below healthCheck.interval (10 seconds, its default), got 10 seconds',
    ],
    [{ healthCheck: { healthyThresholdCount: 1 } }, 'healthCheck.healthyThresholdCount must be from 2 to 10, got 1'],
    [{ healthCheck: { unhealthyThresholdCount: 11 } }, 'healthCheck.unhealthyThresholdCount must be from 2 to 10, got 11'],
  ])('%j', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test('health check times that only the deployment knows, which the CDK cannot compare', () => {
    const refused = refusals((stack) => {
      const token = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
      return { healthCheck: { interval: token, timeout: token } };
    });
    expect(refused).toEqual([
      'healthCheck.interval must be known at synthesis, got a token',
      'healthCheck.timeout must be known at synthesis, got a token',
    ]);
  });

  test('all errors together, each once', () => {
    expect(
      refusals({
        minCapacity: 0,
        targetCpuUtilizationPercent: 120,
        requestsPerSecondPerTask: -1,
        cpu: 1,
        containerPort: -1,
        scaleInCooldown: Duration.millis(500),
        healthCheck: { path: '' },
      }),
    ).toEqual([
      'containerPort must be a whole number from 1 to 65535, got -1',
      'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 1',
      "healthCheck.path must start with '/' and be at most 1024 ASCII characters without spaces, got ''",
      'minCapacity must be a whole number of at least 1, got 0',
      'requestsPerSecondPerTask must be above 0, got -1',
      'targetCpuUtilizationPercent must be above 0 and at most 100, got 120',
      'scaleInCooldown must be a whole number of seconds of at least 0, got 0.5',
    ]);
  });
});

describe('accepted, just inside the rules', () => {
  test.each<ScalableStatelessServiceProps>([
    { minCapacity: 1, maxCapacity: 1 },
    { targetCpuUtilizationPercent: 100 },
    { targetCpuUtilizationPercent: 0.5 },
    { cpu: 16_384, memoryLimitMiB: 122_880 },
    { containerPort: 65_535 },
    { scaleOutCooldown: Duration.seconds(0), scaleInCooldown: Duration.hours(1) },
    { healthCheck: { path: '/', interval: Duration.seconds(5), timeout: Duration.seconds(2), healthyThresholdCount: 10 } },
    { healthCheck: { interval: Duration.seconds(300), timeout: Duration.seconds(120), unhealthyThresholdCount: 10 } },
  ])('%j', (props) => {
    expect(refusals(props)).toEqual([]);
  });
});

const text = (props: object, error: ValidationError): string => formatError(withDefaults(error, props));

describe('a value that the caller left out is named a default', () => {
  test.each<[object, ValidationError, string]>([
    [
      { maxCapacity: 1 },
      validationError('minCapacity', ['be at most ', { path: 'maxCapacity', value: 1 }], 2),
      'minCapacity must be at most maxCapacity (1), got 2, its default',
    ],
    [
      { minCapacity: 7 },
      validationError('minCapacity', ['be at most ', { path: 'maxCapacity', value: 6 }], 7),
      'minCapacity must be at most maxCapacity (6, its default), got 7',
    ],
    [
      { healthCheck: { timeout: 10 } },
      validationError('healthCheck.timeout', ['be below ', { path: 'healthCheck.interval', value: '10 seconds' }], '10 seconds'),
      'healthCheck.timeout must be below healthCheck.interval (10 seconds, its default), got 10 seconds',
    ],
  ])('%j', (props, error, message) => {
    expect(text(props, error)).toBe(message);
  });
});

class Choice {}

describe('no other value is', () => {
  test.each<[object, ValidationError, string]>([
    [
      { minCapacity: 7, maxCapacity: 6 },
      validationError('minCapacity', ['be at most ', { path: 'maxCapacity', value: 6 }], 7),
      'minCapacity must be at most maxCapacity (6), got 7',
    ],
    [
      { network: new Choice() },
      validationError('network.natGateways', 'be a whole number from 1 to 2', 0),
      'network.natGateways must be a whole number from 1 to 2, got 0',
    ],
    [{ vpc: {} }, validationError('vpc', 'have private subnets for the tasks'), 'vpc must have private subnets for the tasks, got none'],
    [
      { domainName: 'a.example.com' },
      validationError('hostedZone', 'be given beside domainName'),
      'hostedZone must be given beside domainName, got none',
    ],
    [
      { cluster: {} },
      validationError('the VPC of cluster', 'have private subnets for the tasks'),
      'the VPC of cluster must have private subnets for the tasks, got none',
    ],
  ])('%j', (props, error, message) => {
    expect(text(props, error)).toBe(message);
  });
});
