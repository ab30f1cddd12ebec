import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { type ContainerHealthCheck, containerTimes, type TaskContainer, taskContainerErrors } from '../../src/plan/task-containers';

const CHECK: ContainerHealthCheck = { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 0 };

function container(name: string, changes: Partial<TaskContainer> = {}): TaskContainer {
  return { name, isServing: name === 'web', isEssential: true, dependsOn: [], ...changes };
}

function waitsFor(containerName: string, condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY' = 'HEALTHY'): Partial<TaskContainer> {
  return { dependsOn: [{ containerName, condition }] };
}

describe('the containers of a task', () => {
  test.each<[string, TaskContainer[], number, object]>([
    ['none has a check', [container('web'), container('proxy')], 40, { servingStartSeconds: 0, healthySeconds: 0 }],
    [
      'the serving one is checked once it listens',
      [container('web', { healthCheck: CHECK })],
      40,
      { servingStartSeconds: 0, healthySeconds: 60 },
    ],
    [
      'the first check comes after an interval',
      [container('web', { healthCheck: CHECK })],
      0,
      { servingStartSeconds: 0, healthySeconds: 30 },
    ],
    [
      'the serving one waits for a healthy proxy',
      [container('web', waitsFor('proxy')), container('proxy', { healthCheck: { ...CHECK, intervalSeconds: 10 } })],
      5,
      { servingStartSeconds: 10, healthySeconds: 0 },
    ],
    [
      'a chain adds up',
      [
        container('web', { ...waitsFor('proxy'), healthCheck: { ...CHECK, intervalSeconds: 5 } }),
        container('proxy', { ...waitsFor('agent'), healthCheck: { ...CHECK, intervalSeconds: 10 } }),
        container('agent', { healthCheck: { ...CHECK, intervalSeconds: 20 } }),
      ],
      12,
      { servingStartSeconds: 30, healthySeconds: 15 },
    ],
    [
      'one that only starts before, or completes, takes no time',
      [
        container('web', {
          dependsOn: [
            { containerName: 'proxy', condition: 'START' },
            { containerName: 'setup', condition: 'SUCCESS' },
          ],
        }),
        container('proxy', { healthCheck: CHECK, isEssential: false }),
        container('setup'),
      ],
      5,
      { servingStartSeconds: 0, healthySeconds: 0 },
    ],
    [
      'a sidecar that is essential delays the health of the task',
      [container('web'), container('proxy', { healthCheck: CHECK })],
      5,
      { servingStartSeconds: 0, healthySeconds: 30 },
    ],
    [
      'a start that is too slow makes the serving one unhealthy',
      [container('web', { healthCheck: { ...CHECK, intervalSeconds: 10 } })],
      45,
      { servingStartSeconds: 0, healthySeconds: 50, unhealthySeconds: 30 },
    ],
    [
      'unless its start period is longer: a check at its end counts',
      [container('web', { healthCheck: { ...CHECK, intervalSeconds: 10, startPeriodSeconds: 20 } })],
      45,
      { servingStartSeconds: 0, healthySeconds: 50, unhealthySeconds: 40 },
    ],
    [
      'one before its end does not',
      [container('web', { healthCheck: { ...CHECK, intervalSeconds: 10, startPeriodSeconds: 30 } })],
      45,
      { servingStartSeconds: 0, healthySeconds: 50 },
    ],
  ])('%s', (_, containers, startUpSeconds, times) => {
    expect(containerTimes(containers, startUpSeconds)).toEqual(times);
  });

  test('with a longer start period, or more retries, are unhealthy no earlier', () => {
    const checks = record({
      intervalSeconds: integer({ min: 5, max: 60 }),
      timeoutSeconds: constantFrom(5),
      retries: integer({ min: 1, max: 9 }),
      startPeriodSeconds: integer({ min: 0, max: 250 }),
    });
    const unhealthyAfter = (healthCheck: ContainerHealthCheck, startUpSeconds: number): number =>
      containerTimes([container('web', { healthCheck })], startUpSeconds).unhealthySeconds ?? Number.POSITIVE_INFINITY;
    assert(
      property(checks, integer({ min: 0, max: 600 }), (check, startUpSeconds) => {
        const seconds = unhealthyAfter(check, startUpSeconds);
        expect(unhealthyAfter({ ...check, retries: check.retries + 1 }, startUpSeconds)).toBeGreaterThanOrEqual(seconds);
        expect(unhealthyAfter({ ...check, startPeriodSeconds: check.startPeriodSeconds + 50 }, startUpSeconds)).toBeGreaterThanOrEqual(
          seconds,
        );
        expect(seconds).toBeGreaterThan(check.startPeriodSeconds);
      }),
    );
  });
});

test.each<[TaskContainer[], string[]]>([
  [[container('web', { ...waitsFor('proxy'), healthCheck: CHECK }), container('proxy', { healthCheck: CHECK })], []],
  [[container('web', waitsFor('proxy'))], ["container web depends on 'proxy', which the task does not have"]],
  [[container('web', waitsFor('proxy')), container('proxy')], ['container web waits for proxy to be healthy, which has no health check']],
  [
    [container('web', waitsFor('proxy', 'START')), container('proxy', waitsFor('web', 'START'))],
    ['container web depends on itself', 'container proxy depends on itself'],
  ],
  [
    [container('web', waitsFor('proxy', 'READY' as 'START')), container('proxy')],
    ['the dependency condition of web must be one of START, COMPLETE, SUCCESS, HEALTHY, got READY'],
  ],
  [
    [container('web', { healthCheck: { intervalSeconds: 4, timeoutSeconds: 61, retries: 0, startPeriodSeconds: 301 } })],
    [
      'the health check interval of web must be a whole number from 5 to 300, got 4',
      'the health check timeout of web must be a whole number from 2 to 60, got 61',
      'the health check retries of web must be a whole number from 1 to 10, got 0',
      'the start period of web must be a whole number from 0 to 300, got 301',
    ],
  ],
])('the rules of ECS apply to containers: %#', (containers, errors) => {
  expect(taskContainerErrors(containers).map(formatError)).toEqual(errors);
});
