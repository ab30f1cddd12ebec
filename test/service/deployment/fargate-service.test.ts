import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { FLAG_SETS, idOf, propertiesOf, synthesize } from '../../synthesize';

const SERVICE = 'AWS::ECS::Service';

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

  test('stands behind the target group', () => {
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
});
