import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture, Secret } from 'aws-cdk-lib/aws-ecs';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { idOf, propertiesOf, refusals, synthesize, synthesizeSmall } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

function taskOf(props: Parameters<typeof synthesize>[0]): Record<string, unknown> {
  return propertiesOf(synthesizeSmall(props).template, 'AWS::ECS::TaskDefinition');
}

function containersOf(props: Parameters<typeof synthesize>[0]): Record<string, unknown>[] {
  return taskOf(props)['ContainerDefinitions'] as Record<string, unknown>[];
}

const ALL_DROPPED = { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true };

describe('who breaks into a container', () => {
  test('of the reference service is not root, has no capabilities, and cannot write', () => {
    expect(containersOf({})[0]).toMatchObject({ User: '10001:10001', ReadonlyRootFilesystem: true, LinuxParameters: ALL_DROPPED });
  });

  test.each<[ScalableStatelessServiceProps, object]>([
    [{ image: IMAGE }, { InitProcessEnabled: true, Capabilities: {} }],
    [
      { image: IMAGE, user: 'root' },
      { InitProcessEnabled: true, Capabilities: {} },
    ],
    [
      { image: IMAGE, user: '0:0' },
      { InitProcessEnabled: true, Capabilities: {} },
    ],
    [{ image: IMAGE, user: 'node:node' }, ALL_DROPPED],
    [{ image: IMAGE, user: '1000' }, ALL_DROPPED],
    [{ image: IMAGE, dropCapabilities: true }, ALL_DROPPED],
    [
      { dropCapabilities: false, initProcessEnabled: false },
      { InitProcessEnabled: false, Capabilities: {} },
    ],
  ])('with %j has the rights that %j leaves', (props, parameters) => {
    expect(containersOf(props)[0]!['LinuxParameters']).toEqual(parameters);
  });

  test('of the caller is the user of the image, or of the props', () => {
    expect(containersOf({ image: IMAGE })[0]).not.toHaveProperty('User');
    expect(containersOf({ image: IMAGE, user: '7' })[0]).toMatchObject({ User: '7', ReadonlyRootFilesystem: true });
    expect(containersOf({ readonlyRootFilesystem: false })[0]).toMatchObject({ ReadonlyRootFilesystem: false });
  });
});

test('writable directories are volumes of the task, and nothing else is writable', () => {
  const props = { writableDirectories: ['/tmp', '/var/cache'] };
  expect(taskOf(props)['Volumes']).toEqual([{ Name: 'writable-1' }, { Name: 'writable-2' }]);
  expect(containersOf(props)[0]).toMatchObject({
    ReadonlyRootFilesystem: true,
    MountPoints: [
      { ContainerPath: '/tmp', SourceVolume: 'writable-1', ReadOnly: false },
      { ContainerPath: '/var/cache', SourceVolume: 'writable-2', ReadOnly: false },
    ],
  });
});

describe('secrets', () => {
  const stored = (stack: Stack): Secret => Secret.fromSecretsManager(new StoredSecret(stack, 'Password'));
  const parameter = (stack: Stack): Secret =>
    Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(stack, 'Token', { parameterName: '/token' }));

  /** What the interface endpoints of the new network lead to. */
  function endpointsOf(props: Parameters<typeof synthesize>[0]): string[] {
    const endpoints = Object.values(synthesize(props).template.findResources('AWS::EC2::VPCEndpoint'));
    const interfaces = endpoints.map((endpoint) => endpoint['Properties']).filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    return interfaces.map(({ ServiceName }) => ServiceName['Fn::Join'][1].at(-1).slice(1)).sort();
  }

  test('reach the container without being in the template, and may be read by who starts it', () => {
    const props = (stack: Stack) => ({ secrets: { PASSWORD: stored(stack) } });
    const { template } = synthesize(props);
    const secret = { Ref: idOf(template, 'AWS::SecretsManager::Secret') };
    expect(containersOf(props)[0]!['Secrets']).toEqual([{ Name: 'PASSWORD', ValueFrom: secret }]);
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('ExecutionRole'));
    expect(JSON.stringify(policies)).toContain('secretsmanager:GetSecretValue');
  });

  test('have a way to them in a network without others', () => {
    expect(endpointsOf({})).toEqual(['ecr.api', 'ecr.dkr', 'logs']);
    expect(endpointsOf((stack) => ({ secrets: { A: stored(stack) } }))).toContain('secretsmanager');
    expect(endpointsOf((stack) => ({ secrets: { A: parameter(stack) } }))).toEqual(['ecr.api', 'ecr.dkr', 'logs', 'ssm']);
    expect(endpointsOf({ enableExecuteCommand: true })).toContain('ssmmessages');
  });
});

test('ECS Exec is allowed, and has a writable root file system', () => {
  const props = { enableExecuteCommand: true };
  expect(propertiesOf(synthesizeSmall(props).template, 'AWS::ECS::Service')['EnableExecuteCommand']).toBe(true);
  expect(containersOf(props)[0]).toMatchObject({ ReadonlyRootFilesystem: false });
});

test('sidecars stand beside the container, and write to its log', () => {
  const { template } = synthesize({ sidecars: { proxy: { image: IMAGE, essential: false } } });
  const [web, proxy] = propertiesOf(template, 'AWS::ECS::TaskDefinition')['ContainerDefinitions'] as Record<string, unknown>[];
  expect(web!['Name']).toBe('web');
  expect(proxy).toMatchObject({
    Name: 'proxy',
    Essential: false,
    LogConfiguration: {
      Options: { 'awslogs-group': { Ref: idOf(template, 'AWS::Logs::LogGroup', 'SearchLogGroup') }, 'awslogs-stream-prefix': 'proxy' },
    },
  });
  const [balancer] = propertiesOf(template, 'AWS::ECS::Service')['LoadBalancers'] as Record<string, unknown>[];
  expect(balancer!['ContainerName']).toBe('web');
});

test('one prop decides what an own image runs on', () => {
  expect(taskOf({ image: IMAGE })['RuntimePlatform']).toMatchObject({ CpuArchitecture: 'X86_64' });
  expect(taskOf({ image: IMAGE, cpuArchitecture: CpuArchitecture.ARM64 })['RuntimePlatform']).toMatchObject({ CpuArchitecture: 'ARM64' });
});

test('a task has the disk and the time to stop that it is given', () => {
  const props = { ephemeralStorageGiB: 21, stopTimeout: Duration.seconds(120) };
  expect(taskOf(props)['EphemeralStorage']).toEqual({ SizeInGiB: 21 });
  expect(containersOf(props)[0]).toMatchObject({ StopTimeout: 120 });
});

describe('refused', () => {
  const armImage = ContainerImage.fromAsset('service-image', { platform: Platform.LINUX_ARM64 });
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ stopTimeout: Duration.seconds(1) }, 'stopTimeout must be a whole number of seconds from 2 to 120, got 1'],
    [{ stopTimeout: Duration.seconds(121) }, 'stopTimeout must be a whole number of seconds from 2 to 120, got 121'],
    [{ ephemeralStorageGiB: 20 }, 'ephemeralStorageGiB must be a whole number from 21 to 200, got 20'],
    [{ ephemeralStorageGiB: 201 }, 'ephemeralStorageGiB must be a whole number from 21 to 200, got 201'],
    [
      { environment: { DRAIN_SECONDS: '60' } },
      'stopTimeout must be above environment.DRAIN_SECONDS (60), for which the container continues to serve, got 60, its default',
    ],
    [
      { enableExecuteCommand: true, readonlyRootFilesystem: true },
      'readonlyRootFilesystem must be false beside enableExecuteCommand, whose agent writes to it, got true',
    ],
    [{ writableDirectories: ['tmp'] }, "writableDirectories must be absolute paths below /, got 'tmp'"],
    [{ writableDirectories: ['/'] }, "writableDirectories must be absolute paths below /, got '/'"],
    [{ sidecars: { web: { image: IMAGE } } }, 'sidecars must not be named web, as the container is, got one'],
  ])('%j', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test('an image that no task could run', () => {
    expect(refusals({ image: armImage })).toEqual([
      'cpuArchitecture must be that of the image (linux/arm64), or no task could run it, got X86_64, its default',
    ]);
    expect(refusals({ image: armImage, cpuArchitecture: CpuArchitecture.ARM64 })).toEqual([]);
  });

  test('a variable and a secret of one name', () => {
    const refused = refusals((stack) => ({
      environment: { A: '1' },
      secrets: { A: Secret.fromSecretsManager(new StoredSecret(stack, 'Password')) },
    }));
    expect(refused).toEqual(['secrets must have other names than environment, got A in both']);
  });

  test.each<ScalableStatelessServiceProps>([
    { environment: { DRAIN_SECONDS: '59' } },
    { environment: { DRAIN_SECONDS: 'long' } },
    { stopTimeout: Duration.seconds(2) },
    { ephemeralStorageGiB: 200 },
  ])('but not %j', (props) => {
    expect(refusals(props)).toEqual([]);
  });

  test('but not a time that only the deployment knows', () => {
    const refused = refusals((stack) => ({
      stopTimeout: Duration.seconds(new CfnParameter(stack, 'Stop', { type: 'Number' }).valueAsNumber),
      environment: { DRAIN_SECONDS: '60' },
    }));
    expect(refused).toEqual([]);
  });
});
