import { describe, expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { capacityErrors } from '../../src/plan/policy';
import { cooldownErrors, cpuTargetErrors, requestTargetErrors } from '../../src/plan/target-tracking';

describe('capacity bounds', () => {
  test.each([
    [1, 1],
    [2, 6],
    [6, 6],
  ])('%d to %d tasks are sound', (min, max) => {
    expect(capacityErrors(min, max)).toEqual([]);
  });

  test.each([
    [0, 6, ['minCapacity must be a whole number of at least 1, got 0']],
    [1.5, 6, ['minCapacity must be a whole number of at least 1, got 1.5']],
    [7, 6, ['minCapacity must be at most maxCapacity (6), got 7']],
    [
      0,
      -1,
      [
        'minCapacity must be a whole number of at least 1, got 0',
        'maxCapacity must be a whole number of at least 1, got -1',
        'minCapacity must be at most maxCapacity (-1), got 0',
      ],
    ],
  ])('rejects %d to %d tasks, with all errors', (min, max, errors) => {
    expect(capacityErrors(min, max).map(formatError)).toEqual(errors);
  });
});

describe('targets', () => {
  test.each([0.1, 60, 100])('a CPU target of %d is sound', (percent) => expect(cpuTargetErrors(percent)).toEqual([]));

  test.each([0, -1, 100.1, Number.NaN])('a CPU target of %d is refused', (percent) => {
    expect(cpuTargetErrors(percent).map(formatError)).toEqual([
      `targetCpuUtilizationPercent must be above 0 and at most 100, got ${percent}`,
    ]);
  });

  test.each([0, -5, Number.POSITIVE_INFINITY])('%d requests per second per task are refused', (requests) => {
    expect(requestTargetErrors(requests).map(formatError)).toEqual([`requestsPerSecondPerTask must be above 0, got ${requests}`]);
  });

  test.each([-1, 0.5])('a cooldown of %d seconds is refused', (seconds) => {
    expect(cooldownErrors('scaleInCooldown', seconds).map(formatError)).toEqual([
      `scaleInCooldown must be a whole number of seconds of at least 0, got ${seconds}`,
    ]);
  });
});
