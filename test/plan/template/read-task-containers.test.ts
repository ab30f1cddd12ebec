import { expect, test } from 'vitest';
import type { TaskContainer } from '../../../src/plan/task-containers';
import { readService, tracking } from './scaled-template';

function containersOf(definitions: readonly object[]): readonly TaskContainer[] | undefined {
  const cpu = tracking({ TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } });
  const task = { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: 256, Memory: 512, ContainerDefinitions: definitions } };
  return readService({ Cpu: cpu, Task: task }).plan.containers;
}

test('the health checks and dependencies of containers are read, with the defaults of ECS', () => {
  const health = { Command: ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'] };
  expect(
    containersOf([
      {
        Name: 'web',
        DependsOn: [{ ContainerName: 'proxy', Condition: 'HEALTHY' }],
        HealthCheck: { ...health, StartPeriod: 60, Retries: '5' },
      },
      { Name: 'proxy', Essential: false, HealthCheck: { ...health, Interval: 10, Timeout: 2 } },
      { Name: 'agent', HealthCheck: { Command: ['NONE'] } },
    ]),
  ).toEqual([
    {
      name: 'web',
      isServing: true,
      isEssential: true,
      healthCheck: { intervalSeconds: 30, timeoutSeconds: 5, retries: 5, startPeriodSeconds: 60 },
      dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' }],
    },
    {
      name: 'proxy',
      isServing: false,
      isEssential: false,
      healthCheck: { intervalSeconds: 10, timeoutSeconds: 2, retries: 3, startPeriodSeconds: 0 },
      dependsOn: [],
    },
    { name: 'agent', isServing: false, isEssential: true, dependsOn: [] },
  ]);
});

test('containers that wait for nothing and have no health check are not part of a plan', () => {
  expect(containersOf([{ Name: 'web' }, { Name: 'agent' }])).toBeUndefined();
});

test('a container that waits for one that the task does not have is rejected', () => {
  expect(() => containersOf([{ Name: 'web', DependsOn: [{ ContainerName: 'gone', Condition: 'START' }] }])).toThrow(
    "container web depends on 'gone', which the task does not have",
  );
});
