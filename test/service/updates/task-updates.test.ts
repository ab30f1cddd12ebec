import type { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, Secret } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { propertiesOf, synthesize } from '../../synthesize';
import { Update } from './update';

const POLICY = 'AWS::IAM::Policy';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

const image =
  (name: string) =>
  (stack: Stack): ScalableStatelessServiceProps => ({
    image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', name)),
  });
const secret =
  (name: string) =>
  (stack: Stack): ScalableStatelessServiceProps => ({
    secrets: { TOKEN: Secret.fromSecretsManager(StoredSecret.fromSecretNameV2(stack, 'Secret', name)) },
  });

describe('the permissions with which the old tasks start stay until the new tasks run', () => {
  test.each([
    ['another image', image('shop'), image('store')],
    ['another secret', secret('first'), secret('second')],
    ['no secret', secret('first'), () => ({})],
  ])('%s', (_, before, after) => {
    const update = new Update(before, after);
    expect(update.changesOf(POLICY)).toEqual([]);
    expect(update.idsOf(POLICY).removed).toEqual([expect.stringContaining('ExecutionRoleStart')]);
  });

  test('a service with many secrets has twenty policies for them, and the default policy for the others', () => {
    const { template } = synthesize((stack) => ({
      secrets: Object.fromEntries(
        Array.from({ length: 25 }, (_, index) => [
          `SECRET_${index}`,
          Secret.fromSecretsManager(StoredSecret.fromSecretNameV2(stack, `Secret${index}`, `secret-${index}`)),
        ]),
      ),
    }));
    const ids = Object.keys(template.findResources(POLICY)).filter((id) => id.includes('ExecutionRoleStart'));
    expect(ids).toHaveLength(20);
    expect(JSON.stringify(propertiesOf(template, POLICY, 'ExecutionRoleDefaultPolicy'))).toContain('secret-24');
  });

  test('a role that is created elsewhere has no policy here', () => {
    const { template } = synthesize((stack) => {
      Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Search/ExecutionRole': 'starts-shop' } });
      return image('shop')(stack);
    });
    expect(Object.keys(template.findResources(POLICY)).filter((id) => id.includes('ExecutionRole'))).toEqual([]);
  });
});

test('an endpoint that the new tasks need is created before them, and one that only the old tasks need is deleted after them', () => {
  const update = new Update(() => ({}), secret('first'));
  const { added, removed } = update.idsOf(ENDPOINT);
  const [service] = update.idsOf('AWS::ECS::Service').kept;
  expect(removed).toEqual([]);
  expect(update.after[service!]!.DependsOn).toEqual(expect.arrayContaining(added));
  expect(update.changesOf(ENDPOINT)).toEqual([]);
});

test('a service in a cluster of the app changes to Spot in place, as it always has a capacity provider strategy', () => {
  const inCluster =
    (spotPercent: number) =>
    (stack: Stack): ScalableStatelessServiceProps => ({
      cluster: new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Net') }),
      spotPercent,
    });
  const update = new Update(inCluster(0), inCluster(50));
  expect(update.changesOf('AWS::ECS::Service')).toEqual(['CapacityProviderStrategy']);
  expect(update.idsOf('AWS::ECS::ClusterCapacityProviderAssociations').kept).toHaveLength(1);
});
