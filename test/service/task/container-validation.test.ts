import { CfnParameter, Duration } from 'aws-cdk-lib';
import { ContainerImage, FirelensLogRouterType, LogDrivers, UlimitName } from 'aws-cdk-lib/aws-ecs';
import { HttpNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { describe, expect, test } from 'vitest';
import { type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { refusals } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const NOFILE = UlimitName.NOFILE;
const CHECK = { command: ['CMD', 'true'] };

describe('refused', () => {
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ command: [] }, 'command must have at least one argument, or be left out, got none'],
    [{ entryPoint: [] }, 'entryPoint must have at least one argument, or be left out, got none'],
    [{ workingDirectory: 'app' }, "workingDirectory must be an absolute path, such as /app, got 'app'"],
    [
      { containerHealthCheck: { command: [] } },
      "containerHealthCheck.command must be a command, such as ['CMD-SHELL', 'curl -f http://localhost:8080/health'], got none",
    ],
    [
      { containerHealthCheck: { ...CHECK, interval: Duration.seconds(4), timeout: Duration.seconds(2) } },
      'containerHealthCheck.interval must be a whole number of seconds from 5 to 300, got 4',
    ],
    [
      { containerHealthCheck: { ...CHECK, interval: Duration.seconds(10), timeout: Duration.seconds(11) } },
      'containerHealthCheck.timeout must be at most containerHealthCheck.interval (10 seconds), got 11 seconds',
    ],
    [{ containerHealthCheck: { ...CHECK, retries: 11 } }, 'containerHealthCheck.retries must be a whole number from 1 to 10, got 11'],
    [
      { containerHealthCheck: { ...CHECK, startPeriod: Duration.seconds(301) } },
      'containerHealthCheck.startPeriod must be a whole number of seconds from 0 to 300, got 301',
    ],
    [
      { ulimits: [{ name: UlimitName.NPROC, softLimit: 1, hardLimit: 2 }] },
      'ulimits must be UlimitName.NOFILE only: Fargate sets all other limits itself, got UlimitName.NPROC',
    ],
    [{ ulimits: [{ name: NOFILE, softLimit: 3, hardLimit: 2 }] }, 'ulimits must have a softLimit of at most the hardLimit (2), got 3'],
    [{ tmpfs: [{ containerPath: 'tmp', size: 1 }] }, "tmpfs must have absolute paths below /, got 'tmp'"],
    [
      { tmpfs: [{ containerPath: '/tmp', size: 1 }], writableDirectories: ['/tmp'] },
      "tmpfs must have paths that are in no other tmpfs and not in writableDirectories, got '/tmp' twice",
    ],
    [{ tmpfs: [{ containerPath: '/tmp', size: 0 }] }, 'tmpfs size of /tmp must be a whole number of MiB from 1 to 122880, got 0'],
    [{ tmpfs: [{ containerPath: '/tmp', size: 512 }] }, 'tmpfs must have sizes below memoryLimitMiB (512, its default) together, got 512'],
    [
      { logRouter: { image: IMAGE, firelensConfig: { type: FirelensLogRouterType.FLUENTBIT } } },
      'logDriver must be LogDrivers.firelens() beside logRouter, got none',
    ],
    [
      { tracing: Tracing.xRay(), sidecars: { collector: { image: IMAGE } } },
      'sidecars must not be named collector, as the collector of tracing is, got one',
    ],
    [
      { logDriver: LogDrivers.firelens({}), sidecars: { 'log-router': { image: IMAGE } } },
      'sidecars must not be named log-router, as the log router is, got one',
    ],
    [
      { serviceConnectConfiguration: {} },
      "serviceConnectConfiguration.namespace must be given, such as 'shop', where cluster has no default namespace, got none",
    ],
    [
      { serviceConnectConfiguration: { namespace: 'shop', services: [{ portMappingName: 'api' }] } },
      "serviceConnectConfiguration.services must have the portMappingName 'web', got 'api'",
    ],
    [
      { cloudMapOptions: { name: 'a' } },
      'cloudMapOptions.cloudMapNamespace must be given where cluster has no default namespace, got none',
    ],
  ])('%j', (props, error) => {
    expect(refusals({ image: IMAGE, ...props })).toEqual([error]);
  });

  test('a namespace without DNS, for records of DNS', () => {
    const refused = refusals((stack) => ({
      image: IMAGE,
      cloudMapOptions: { cloudMapNamespace: new HttpNamespace(stack, 'Namespace', { name: 'shop' }) },
    }));
    expect(refused).toEqual([
      'cloudMapOptions.cloudMapNamespace must be a DNS namespace, as each task gets a DNS record, got an HTTP namespace',
    ]);
  });

  test('times that only the deployment knows, which the CDK compares', () => {
    const refused = refusals((stack) => {
      const token = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
      return { image: IMAGE, containerHealthCheck: { ...CHECK, interval: token } };
    });
    expect(refused).toEqual(['containerHealthCheck.interval must be known at synthesis, got a token']);
  });
});

test('numbers that only the deployment knows are accepted where nothing compares them', () => {
  const refused = refusals((stack) => {
    const token = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    return {
      image: IMAGE,
      ulimits: [{ name: NOFILE, softLimit: token, hardLimit: token }],
      tmpfs: [{ containerPath: '/tmp', size: token }],
      containerHealthCheck: { ...CHECK, retries: token },
    };
  });
  expect(refused).toEqual([]);
});
