import { Duration, type Stack } from 'aws-cdk-lib';
import { ContainerImage, LogDrivers, PropagatedTagSource, TmpfsMountOption, UlimitName } from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocol, ApplicationProtocolVersion } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { propertiesOf, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
const CERTIFICATE = { certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' } as ScalableStatelessServiceProps['certificate'];

type Props = ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps);

function containerOf(props: Props): Record<string, unknown> {
  const { template } = synthesize((stack) => ({ image: IMAGE, ...(typeof props === 'function' ? props(stack) : props) }));
  return (propertiesOf(template, TASK_DEFINITION)['ContainerDefinitions'] as Record<string, unknown>[])[0]!;
}

test.each<[string, Props, object]>([
  ['a command', { command: ['node', 'server.js'] }, { Command: ['node', 'server.js'] }],
  ['an entry point', { entryPoint: ['/init'] }, { EntryPoint: ['/init'] }],
  ['a working directory', { workingDirectory: '/app' }, { WorkingDirectory: '/app' }],
  ['labels', { dockerLabels: { team: 'search' } }, { DockerLabels: { team: 'search' } }],
  [
    'a limit of open files',
    { ulimits: [{ name: UlimitName.NOFILE, softLimit: 1024, hardLimit: 4096 }] },
    { Ulimits: [{ Name: 'nofile', SoftLimit: 1024, HardLimit: 4096 }] },
  ],
  [
    'a health check inside the container',
    { containerHealthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost/'], interval: Duration.seconds(10), retries: 5 } },
    { HealthCheck: { Command: ['CMD-SHELL', 'curl -f http://localhost/'], Interval: 10, Retries: 5, Timeout: 5 } },
  ],
  [
    'directories in memory',
    { tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions: [TmpfsMountOption.NOEXEC] }] },
    {
      LinuxParameters: {
        Capabilities: {},
        InitProcessEnabled: true,
        Tmpfs: [{ ContainerPath: '/tmp', Size: 64, MountOptions: ['noexec'] }],
      },
    },
  ],
  ['a log driver of the caller', { logDriver: LogDrivers.fluentd() }, { LogConfiguration: { LogDriver: 'fluentd' } }],
])('the container has %s', (_, props, fragment) => {
  expect(containerOf(props)).toMatchObject(fragment);
});

test('a service whose log goes elsewhere has no log group of its tasks', () => {
  const { template, service } = synthesize({ image: IMAGE, flowLogs: false, logDriver: LogDrivers.fluentd() });
  template.resourceCountIs('AWS::Logs::LogGroup', 0);
  expect(() => service.logGroup).toThrow('logGroup does not exist: the props replace it');
});

describe('the tags of a service', () => {
  test('reach its tasks where the props say so', () => {
    const props = { image: IMAGE, propagateTags: PropagatedTagSource.SERVICE, enableECSManagedTags: true };
    expect(propertiesOf(synthesize(props).template, 'AWS::ECS::Service')).toMatchObject({
      PropagateTags: 'SERVICE',
      EnableECSManagedTags: true,
    });
  });

  test('stay with it by default', () => {
    const service = propertiesOf(synthesize({ image: IMAGE }).template, 'AWS::ECS::Service');
    expect(service).toMatchObject({ EnableECSManagedTags: false });
    expect(service).not.toHaveProperty('PropagateTags');
  });
});

describe('Service Connect', () => {
  const connected = { serviceConnectConfiguration: { namespace: 'shop', services: [{ portMappingName: 'web', dnsName: 'search' }] } };

  test.each<[string, ScalableStatelessServiceProps, object]>([
    ['HTTP', {}, { AppProtocol: 'http' }],
    ['HTTP/2', { protocolVersion: ApplicationProtocolVersion.HTTP2, certificate: CERTIFICATE }, { AppProtocol: 'http2' }],
    ['gRPC', { protocolVersion: ApplicationProtocolVersion.GRPC, certificate: CERTIFICATE }, { AppProtocol: 'grpc' }],
    ['TLS', { targetProtocol: ApplicationProtocol.HTTPS }, {}],
  ])('knows the port that serves by its name, and %s', (_, props, protocol) => {
    expect(containerOf({ ...connected, ...props })['PortMappings']).toEqual([
      { ContainerPort: 8080, Name: 'web', Protocol: 'tcp', ...protocol },
    ]);
  });

  test('makes the service known in the namespace', () => {
    const { template } = synthesize({ image: IMAGE, ...connected });
    expect(propertiesOf(template, 'AWS::ECS::Service')['ServiceConnectConfiguration']).toEqual({
      Enabled: true,
      Namespace: 'shop',
      Services: [{ PortName: 'web', ClientAliases: [{ DnsName: 'search', Port: 8080 }] }],
    });
  });

  test('is not there by default: the port has no name', () => {
    expect(containerOf({})['PortMappings']).toEqual([{ ContainerPort: 8080, Protocol: 'tcp' }]);
  });
});

test('AWS Cloud Map has a record for each task', () => {
  const { template } = synthesize((stack) => ({
    image: IMAGE,
    cloudMapOptions: {
      name: 'search',
      cloudMapNamespace: PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
        namespaceArn: 'arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-1',
        namespaceId: 'ns-1',
        namespaceName: 'shop',
      }),
    },
  }));
  expect(propertiesOf(template, 'AWS::ServiceDiscovery::Service')).toMatchObject({ Name: 'search' });
  expect(propertiesOf(template, 'AWS::ECS::Service')['ServiceRegistries']).toHaveLength(1);
});
