import { expect, test } from 'vitest';
import type { Deployment } from '../../../src/plan/deployment-settings';
import { deploymentLines } from '../../../src/report/text/deployment-text';

const ROLLING: Deployment = { minHealthyPercent: 100, maxHealthyPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0 };

test.each<[Partial<Deployment>, string[]]>([
  [{}, []],
  [{ circuitBreakerThreshold: { type: 'COUNT', value: 12 } }, ['circuit breaker after 12 failures, in a row']],
  [
    { circuitBreakerThreshold: { type: 'BOUNDED_PERCENT', value: 25 }, resetOnHealthyTask: false },
    ['circuit breaker after failures of 25 % of the tasks, from 3 to 200, all together'],
  ],
  [
    {
      lifecycleHooks: [
        { targetType: 'PAUSE', stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'], timeoutMinutes: 1440, timeoutAction: 'ROLLBACK' },
        { targetType: 'AWS_LAMBDA', stages: ['PRE_SCALE_UP', 'POST_SCALE_UP'], timeoutMinutes: 30, timeoutAction: 'CONTINUE' },
      ],
    },
    [
      'pauses at PRE_PRODUCTION_TRAFFIC_SHIFT; after 24h it rolls back',
      'invokes a function at PRE_SCALE_UP, POST_SCALE_UP; after 30m it continues',
    ],
  ],
  [{ earlySuccess: { healthyPercent: 75, cleanup: 'DEFERRED' } }, ['early success at 75 % healthy, before the cleanup']],
])('a deployment with %j is written as %j', (changes, lines) => {
  expect(deploymentLines({ ...ROLLING, ...changes })).toEqual(lines);
});
