import type { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnClusterCapacityProviderAssociations,
  Cluster,
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService } from '../../../src';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { FLAG_SETS, idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

const SERVICE = 'AWS::ECS::Service';
const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

describe.each(FLAG_SETS)('the service %s', (_, flags) => {
  const { template, service, stack } = synthesize({ minCapacity: 3 }, flags);
  const properties = propertiesOf(template, SERVICE);

  test('leaves its desired count to scaling', () => {
    expect(properties).not.toHaveProperty('DesiredCount');
  });

  test('starts new tasks before it stops old ones, and rolls back when they do not become healthy', () => {
    expect(properties['DeploymentConfiguration']).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    });
  });

  test('gives a task a while before health checks count', () => {
    expect(properties['HealthCheckGracePeriodSeconds']).toBe(DEFAULTS.healthCheckGracePeriodSeconds);
  });

  test('runs on Fargate in the private subnets, without public addresses', () => {
    expect(properties['NetworkConfiguration']).toEqual({
      AwsvpcConfiguration: {
        AssignPublicIp: 'DISABLED',
        Subnets: service.vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
        SecurityGroups: [{ 'Fn::GetAtt': [idOf(template, 'AWS::EC2::SecurityGroup', 'Task'), 'GroupId'] }],
      },
    });
  });

  test('is attached to the target group', () => {
    expect(properties['LoadBalancers']).toEqual([
      {
        ContainerName: 'web',
        ContainerPort: DEFAULTS.containerPort,
        TargetGroupArn: { Ref: idOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup') },
      },
    ]);
  });

  test('starts no task before it may pull and log', () => {
    const [resource] = Object.values(template.findResources(SERVICE));
    for (const policy of ['ExecutionRoleDefaultPolicy', 'RegistryLogin']) {
      expect(resource!['DependsOn']).toContain(idOf(template, 'AWS::IAM::Policy', policy));
    }
  });

  test('is waited for by its scaling, which need not wait for its policies and endpoints itself', () => {
    const [id, target] = Object.entries(template.findResources('AWS::ApplicationAutoScaling::ScalableTarget'))[0]!;
    expect(JSON.stringify(target['Properties'])).toContain(`["${idOf(template, SERVICE)}","Name"]`);
    const policies = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
    expect(policies.map(({ Properties }) => Properties.ScalingTargetId)).toEqual(policies.map(() => ({ Ref: id })));
    for (const resource of [target, ...policies]) expect(resource['DependsOn']).toEqual([idOf(template, 'AWS::IAM::Role', 'TaskRole')]);
  });
});

describe('Spot', () => {
  const strategyIn = (template: Template, part: string) => propertiesOf(template, SERVICE, part)['CapacityProviderStrategy'];

  test('gives a cluster of the app its capacity providers once, whichever services it has, and those of others stay as they are', () => {
    const { template } = synthesize((stack) => {
      const cluster = new Cluster(stack, 'Shared', { vpc: new Vpc(stack, 'Net', { maxAzs: 2 }) });
      const taskDefinition = new FargateTaskDefinition(stack, 'Other');
      taskDefinition.addContainer('web', { image: IMAGE });
      new FargateService(stack, 'OtherService', { cluster, taskDefinition });
      new ScalableStatelessService(stack, 'First', { image: IMAGE, cluster });
      return { image: IMAGE, cluster, spotPercent: 50 };
    });
    const association = propertiesOf(template, 'AWS::ECS::ClusterCapacityProviderAssociations');
    expect(association).toMatchObject({ CapacityProviders: ['FARGATE', 'FARGATE_SPOT'], DefaultCapacityProviderStrategy: [] });
    expect(strategyIn(template, 'Search')).toMatchObject([{ CapacityProvider: 'FARGATE' }, { CapacityProvider: 'FARGATE_SPOT' }]);
    expect(strategyIn(template, 'First')).toEqual([{ CapacityProvider: 'FARGATE', Weight: 1 }]);
    expect(propertiesOf(template, SERVICE, 'OtherService')).toMatchObject({ LaunchType: 'FARGATE' });
  });

  test('leaves a list of capacity providers that the app writes as it is, and needs Fargate and Spot in it', () => {
    const inCluster = (capacityProviders: string[], spotPercent: number) => (stack: Stack) => {
      const cluster = new Cluster(stack, 'Shared', { vpc: new Vpc(stack, 'Net', { maxAzs: 2 }) });
      const list = { cluster: cluster.clusterName, capacityProviders, defaultCapacityProviderStrategy: [] };
      new CfnClusterCapacityProviderAssociations(stack, 'Own', list);
      return { image: IMAGE, cluster, spotPercent };
    };
    const { template } = synthesize(inCluster(['FARGATE', 'FARGATE_SPOT', 'own'], 50));
    template.resourceCountIs('AWS::ECS::ClusterCapacityProviderAssociations', 1);
    expect(refusals(inCluster(['FARGATE'], 0))).toEqual([]);
    expect(refusals(inCluster(['FARGATE'], 50))).toEqual(['cluster must have FARGATE_SPOT in its list of capacity providers, got FARGATE']);
    expect(refusals(inCluster([], 50))).toEqual(['cluster must have FARGATE and FARGATE_SPOT in its list of capacity providers, got none']);
  });

  test.each([
    [50, 1],
    [0, 0],
    [undefined, 0],
  ])('of %s percent in an imported cluster has %d warnings: it may lack the capacity providers', (spotPercent, count) => {
    const { annotations } = synthesize((stack) => {
      const cluster = Cluster.fromClusterAttributes(stack, 'Shared', { clusterName: 'shared', vpc: new Vpc(stack, 'Net', { maxAzs: 2 }) });
      return { image: IMAGE, cluster, spotPercent };
    });
    const text =
      'spotPercent is 50, and cluster was imported: without the capacity providers FARGATE and FARGATE_SPOT it rejects the service';
    expect(annotations.findWarning('*', Match.stringLikeRegexp(text))).toHaveLength(count);
  });
});
