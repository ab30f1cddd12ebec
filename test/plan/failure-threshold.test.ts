import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import {
  DEFAULT_FAILURE_THRESHOLD,
  type FailureThreshold,
  failuresAtThreshold,
  failureThresholdErrors,
} from '../../src/plan/failure-threshold';

describe('the circuit breaker', () => {
  test.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [800, 200],
  ])('of %d tasks opens after %d failures by default', (desiredCount, failures) => {
    expect(failuresAtThreshold(DEFAULT_FAILURE_THRESHOLD, desiredCount)).toBe(failures);
  });

  test.each<[FailureThreshold, number, number]>([
    [{ type: 'COUNT', value: 12 }, 2, 12],
    [{ type: 'COUNT', value: 1 }, 500, 1],
    [{ type: 'BOUNDED_PERCENT', value: 10 }, 20, 3],
    [{ type: 'BOUNDED_PERCENT', value: 100 }, 1000, 200],
    [{ type: 'UNBOUNDED_PERCENT', value: 10 }, 20, 2],
    [{ type: 'UNBOUNDED_PERCENT', value: 100 }, 1000, 1000],
    [{ type: 'UNBOUNDED_PERCENT', value: 1 }, 3, 1],
    [{ type: 'UNBOUNDED_PERCENT', value: 7 }, 100, 7],
  ])('with a threshold of %j and %d tasks opens after %d failures', (threshold, desiredCount, failures) => {
    expect(failuresAtThreshold(threshold, desiredCount)).toBe(failures);
  });

  test('opens no earlier with a larger value, and always after at least one failure', () => {
    const desired = integer({ min: 1, max: 5000 });
    const percent = integer({ min: 1, max: 100 });
    assert(
      property(desired, percent, percent, (desiredCount, one, other) => {
        for (const type of ['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT'] as const) {
          const [fewer, more] = [Math.min(one, other), Math.max(one, other)].map((value) =>
            failuresAtThreshold({ type, value }, desiredCount),
          );
          expect(fewer).toBeGreaterThanOrEqual(1);
          expect(fewer).toBeLessThanOrEqual(more!);
        }
      }),
    );
  });
});

test.each<[FailureThreshold, string[]]>([
  [{ type: 'COUNT', value: 5000 }, []],
  [{ type: 'COUNT', value: 0 }, ['circuit breaker threshold must be a whole number of at least 1, got 0']],
  [{ type: 'COUNT', value: 2.5 }, ['circuit breaker threshold must be a whole number of at least 1, got 2.5']],
  [{ type: 'BOUNDED_PERCENT', value: 101 }, ['circuit breaker threshold must be a whole number of percent from 1 to 100, got 101']],
  [
    { type: 'PERCENT' as 'COUNT', value: 50 },
    ['circuit breaker threshold type must be one of COUNT, BOUNDED_PERCENT, UNBOUNDED_PERCENT, got PERCENT'],
  ],
])('%j has the errors %j', (threshold, errors) => {
  expect(failureThresholdErrors(threshold).map(formatError)).toEqual(errors);
});
