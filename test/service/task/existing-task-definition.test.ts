import type { Stack } from 'aws-cdk-lib';
import { ContainerImage, CpuArchitecture, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

function definitionIn(stack: Stack, ports: number[] = [3000]): FargateTaskDefinition {
  const taskDefinition = new FargateTaskDefinition(stack, 'Own', {
    cpu: 1024,
    memoryLimitMiB: 2048,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64 },
  });
  ports.forEach((containerPort, index) => {
    taskDefinition.addContainer(`app${index}`, { image: IMAGE, portMappings: [{ containerPort }] });
  });
  return taskDefinition;
}

describe('a service with a task definition of the caller', () => {
  test('creates no other, and sends requests to its default container', () => {
    const { template, service } = synthesize((stack) => ({ taskDefinition: definitionIn(stack, [3000, 9000]) }));
    template.resourceCountIs('AWS::ECS::TaskDefinition', 1);
    expect(propertiesOf(template, 'AWS::ECS::Service')['LoadBalancers']).toMatchObject([{ ContainerName: 'app0', ContainerPort: 3000 }]);
    expect(service.container.containerName).toBe('app0');
    expect(service.plan()).toBeDefined();
  });

  test('sends them to the container that maps the port of the props', () => {
    const { template } = synthesize((stack) => ({ taskDefinition: definitionIn(stack, [3000, 9000]), containerPort: 9000 }));
    expect(propertiesOf(template, 'AWS::ECS::Service')['LoadBalancers']).toMatchObject([{ ContainerName: 'app1', ContainerPort: 9000 }]);
  });

  test('grants to its task role', () => {
    const { service } = synthesize((stack) => ({ taskDefinition: definitionIn(stack) }));
    expect(service.taskRole.node.path).toBe('Shop/Own/TaskRole');
    expect(service.executionRole.node.path).toBe('Shop/Own/ExecutionRole');
  });

  test('knows its size and platform: the dashboard has the cost of such tasks', () => {
    const { template } = synthesize((stack) => ({ taskDefinition: definitionIn(stack) }));
    const own = JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Dashboard'));
    const alike = { image: IMAGE, cpu: 1024, memoryLimitMiB: 2048, cpuArchitecture: CpuArchitecture.ARM64, containerPort: 3000 };
    const created = JSON.stringify(propertiesOf(synthesize(alike).template, 'AWS::CloudWatch::Dashboard'));
    expect(/tasks \* [\d.]+/.exec(own)).toEqual(/tasks \* [\d.]+/.exec(created));
  });
});

describe('refused', () => {
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ image: IMAGE }, 'image must be left out beside taskDefinition, which has its own, got one'],
    [{ cpu: 512 }, 'cpu must be left out beside taskDefinition, which has its own, got one'],
    [{ command: ['a'] }, 'command must be left out beside taskDefinition, which has its own, got one'],
    [{ tracing: Tracing.xRay() }, 'tracing must be left out beside taskDefinition, which has its own, got one'],
    [{ containerPort: 80 }, 'containerPort must be one that a container of taskDefinition maps (3000), got 80'],
  ])('%j beside a task definition', (props, error) => {
    expect(refusals((stack) => ({ taskDefinition: definitionIn(stack), ...props }))).toEqual([error]);
  });

  test('a task definition without a port', () => {
    expect(refusals((stack) => ({ taskDefinition: definitionIn(stack, []) }))).toEqual([
      'taskDefinition must have a container with portMappings, such as taskDefinition.addContainer(id, { image, portMappings }), got none',
    ]);
  });
});

describe('roles of the caller', () => {
  test('are those of the tasks, and get what the container needs', () => {
    const { template, service } = synthesize((stack) => {
      const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');
      return { image: IMAGE, taskRole: new Role(stack, 'Mine', { assumedBy }), executionRole: new Role(stack, 'Pull', { assumedBy }) };
    });
    const [mine, pull] = [idOf(template, 'AWS::IAM::Role', 'Mine'), idOf(template, 'AWS::IAM::Role', 'Pull')];
    expect(propertiesOf(template, 'AWS::ECS::TaskDefinition')).toMatchObject({
      TaskRoleArn: { 'Fn::GetAtt': [mine, 'Arn'] },
      ExecutionRoleArn: { 'Fn::GetAtt': [pull, 'Arn'] },
    });
    expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Policy', 'PullDefaultPolicy'))).toContain('logs:PutLogEvents');
    expect(service.taskRole.node.path).toBe('Shop/Mine');
  });

  test('that are imported are in the hands of the caller', () => {
    const { service } = synthesize((stack) => ({
      image: IMAGE,
      taskRole: Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::123456789012:role/search'),
    }));
    expect(() => service.taskRole).toThrow('taskRole was imported: use the one that was passed to the service');
    expect(service.grantPrincipal).toBeDefined();
  });
});
