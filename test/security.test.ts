import { readFileSync } from 'node:fs';
import { ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { propertiesOf, synthesize } from './synthesize';

const text = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
const jsii = readFileSync(new URL('../.jsii', import.meta.url), 'utf8');

test('every prop that the page names is one', () => {
  const named = [...text.matchAll(/`([a-z][A-Za-z]+)(?:: \w+)?`/g)].map(([, name]) => name!);
  const unknown = [...new Set(named)].filter((name) => !jsii.includes(`"name": "${name}"`) && name !== 'secrets');
  expect(unknown).toEqual([]);
});

describe('what Security Hub looks at is met without props', () => {
  const { template } = synthesize();
  const [container] = propertiesOf(template, 'AWS::ECS::TaskDefinition')['ContainerDefinitions'] as Record<string, unknown>[];

  test.each<[string, unknown, unknown]>([
    ['ECS.2', JSON.stringify(propertiesOf(template, 'AWS::ECS::Service')).includes('"AssignPublicIp":"DISABLED"'), true],
    ['ECS.5', container!['ReadonlyRootFilesystem'], true],
    ['ECS.8', container!['Environment'], undefined],
    ['ECS.9', (container!['LogConfiguration'] as { LogDriver: string }).LogDriver, 'awslogs'],
    ['ECS.10', propertiesOf(template, 'AWS::ECS::Service')['PlatformVersion'], undefined],
    [
      'ECS.12',
      propertiesOf(template, 'AWS::ECS::Cluster')['ClusterSettings'],
      [{ Name: 'containerInsights', Value: ContainerInsights.ENABLED }],
    ],
    ['ECS.20', container!['User'], '10001:10001'],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted);
  });
});
