import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { DEFAULTS } from '../../src/plan/default-plan';
import { healthCheckErrors } from '../../src/plan/health-check';

test('the default is sound', () => {
  expect(healthCheckErrors(DEFAULTS.healthCheck)).toEqual([]);
});

test.each([
  [{ path: 'health' }, "healthCheck.path must start with '/' and be at most 1024 ASCII characters without spaces, got 'health'"],
  [
    { path: '/gesund heit' },
    "healthCheck.path must start with '/' and be at most 1024 ASCII characters without spaces, got '/gesund heit'",
  ],
  [{ intervalSeconds: 301 }, 'healthCheck.interval must be from 5 to 300 seconds, got 301 seconds'],
  [{ timeoutSeconds: 1 }, 'healthCheck.timeout must be from 2 to 120 seconds, got 1 seconds'],
  [{ healthyThresholdCount: 1 }, 'healthCheck.healthyThresholdCount must be from 2 to 10, got 1'],
  [{ unhealthyThresholdCount: 11 }, 'healthCheck.unhealthyThresholdCount must be from 2 to 10, got 11'],
  [{ intervalSeconds: 7.5 }, 'healthCheck.interval must be a whole number of seconds, got 7.5 seconds'],
  [{ healthyThresholdCount: 2.5 }, 'healthCheck.healthyThresholdCount must be a whole number, got 2.5'],
  [{ timeoutSeconds: 10 }, 'healthCheck.timeout must be below healthCheck.interval (10 seconds), got 10 seconds'],
])('refuses %j', (change, error) => {
  expect(healthCheckErrors({ ...DEFAULTS.healthCheck, ...change }).map(formatError)).toEqual([error]);
});
