import { CfnParameter, Stack } from 'aws-cdk-lib';
import { ContainerImage, FargateTaskDefinition, FirelensLogRouterType, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { newApp, refusals } from '../../synthesize';

const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const router = { image, firelensConfig: { type: FirelensLogRouterType.FLUENTBIT } };

describe('sidecars fit into their task', () => {
  test.each<[string, ScalableStatelessServiceProps, string[]]>([
    [
      'a limit above the memory of the task',
      { sidecars: { agent: { image, memoryLimitMiB: 1024 } } },
      ['sidecars must have a memory limit of at most memoryLimitMiB (512, its default), got 1024 of agent'],
    ],
    [
      'a reservation above it',
      { memoryLimitMiB: 1024, sidecars: { agent: { image, memoryReservationMiB: 1025 } } },
      ['sidecars must have a memory limit of at most memoryLimitMiB (1024), got 1025 of agent'],
    ],
    [
      'two that are larger together',
      { sidecars: { a: { image, memoryLimitMiB: 300 }, b: { image, memoryReservationMiB: 300 } } },
      ['sidecars must reserve at most memoryLimitMiB (512, its default) MiB together, got 600'],
    ],
    [
      'a log router and a sidecar',
      {
        logDriver: LogDrivers.firelens({}),
        logRouter: { ...router, memoryReservationMiB: 300 },
        sidecars: { a: { image, memoryLimitMiB: 300 } },
      },
      ['sidecars must reserve at most memoryLimitMiB (512, its default) MiB together, got 600'],
    ],
    [
      'CPU units above those of the task',
      { sidecars: { a: { image, cpu: 200 }, b: { image, cpu: 100 } } },
      ['sidecars must have at most cpu (256, its default) CPU units together, got 300'],
    ],
    [
      'a soft limit that fits, beside a hard limit of the task',
      { sidecars: { a: { image, memoryReservationMiB: 64, memoryLimitMiB: 512 } } },
      [],
    ],
    ['all of the memory', { sidecars: { a: { image, memoryLimitMiB: 256 }, b: { image, memoryLimitMiB: 256 } } }, []],
  ])('%s', (_, props, errors) => {
    expect(refusals({ image, ...props })).toEqual(errors);
  });

  test('a size that only the deployment knows is not compared', () => {
    const errors = refusals((stack) => {
      const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
      return { image, sidecars: { a: { image, memoryLimitMiB: size, cpu: size } } };
    });
    expect(errors).toEqual([]);
  });
});

test('a container that is added later, or is part of a task definition of the caller, fits too', () => {
  const stack = new Stack(newApp(), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', { image });
  expect(service.node.validate()).toEqual([]);
  service.taskDefinition.addContainer('Agent', { image, memoryLimitMiB: 1024 });
  const error = (size: string) => `the containers of the task must have a memory limit of at most its memory (${size}), got 1024 of Agent`;
  expect(service.node.validate()).toEqual([error('512')]);
  const taskDefinition = new FargateTaskDefinition(stack, 'Own', { cpu: 256, memoryLimitMiB: 512 });
  taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
  taskDefinition.addContainer('Agent', { image, memoryLimitMiB: 1024 });
  expect(new ScalableStatelessService(stack, 'Other', { taskDefinition }).node.validate()).toEqual([error('512')]);
});
