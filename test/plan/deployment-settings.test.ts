import { describe, expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { type Deployment, deploymentErrors, maxRunningTasks, minHealthyTasks } from '../../src/plan/deployment-settings';

function deployment(minHealthyPercent: number, maxHealthyPercent: number, changes: Partial<Deployment> = {}): Deployment {
  return { minHealthyPercent, maxHealthyPercent, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0, ...changes };
}

describe('a deployment of so many tasks, at so many percent', () => {
  test.each([
    [4, 50, 2],
    [2, 75, 2],
    [3, 66, 2],
    [1, 100, 1],
    [7, 0, 0],
    [100, 29, 29],
  ])('%d at a minimum of %d percent keeps %d: rounded up', (desiredCount, percent, fewest) => {
    expect(minHealthyTasks(desiredCount, deployment(percent, 200))).toBe(fewest);
  });

  test.each([
    [4, 200, 8],
    [3, 125, 3],
    [2, 150, 3],
    [1, 199, 1],
  ])('%d at a maximum of %d percent may run %d: rounded down', (desiredCount, percent, max) => {
    expect(maxRunningTasks(desiredCount, deployment(100, percent))).toBe(max);
  });
});

test.each([
  [deployment(100, 100), 'maximum percent must be above 100 if minimum healthy percent is 100, got 100'],
  [deployment(50, 99), 'maximum percent must be a whole number of at least 100, got 99'],
  [deployment(-1, 200), 'minimum healthy percent must be a whole number of at least 0, got -1'],
  [
    deployment(50, 200, { circuitBreakerThreshold: { type: 'BOUNDED_PERCENT', value: 0 } }),
    'circuit breaker threshold must be a whole number of percent from 1 to 100, got 0',
  ],
  [
    deployment(50, 200, { earlySuccess: { healthyPercent: 49, cleanup: 'BLOCKING' } }),
    'the healthy percent of early success must be a whole number from minimum healthy percent (50) to 100, got 49',
  ],
  [
    deployment(50, 200, {
      rollbackAlarms: { watched: [], notSimulated: ['Errors'], evaluationSeconds: Number.NaN, rollsBack: true },
    }),
    'the evaluation time of the rollback alarms must be at least 0 seconds, got NaN',
  ],
  [deployment(50, 100, { healthCheckGracePeriodSeconds: 0.5 }), 'health check grace period must be a whole number of at least 0, got 0.5'],
])('%j is refused', (refused, sentence) => {
  expect(deploymentErrors(refused).map(formatError)).toEqual([sentence]);
});

test('what ECS takes is taken', () => {
  expect([deployment(100, 200), deployment(50, 100), deployment(0, 100)].flatMap(deploymentErrors)).toEqual([]);
});
