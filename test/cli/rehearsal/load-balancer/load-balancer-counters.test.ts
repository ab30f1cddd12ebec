import { expect, test } from 'vitest';
import { LoadBalancerCount } from '../../../../cli/rehearsal/load-balancer/load-balancer-counters';
import { eventually } from '../eventually';

test('counts healthy targets by the time they are healthy, up to the moment of reading', async () => {
  const beforeMillis = performance.now();
  const count = new LoadBalancerCount();
  count.setTargets({ healthy: 2, registered: 3 });
  await eventually(() => count.read().healthyTargetSeconds).toBeGreaterThan(0.02);
  const most = (2 * (performance.now() - beforeMillis)) / 1000;
  expect(count.read().healthyTargetSeconds).toBeLessThanOrEqual(most + 0.01);

  count.setTargets({ healthy: 0, registered: 0 });
  const { healthyTargetSeconds, registeredTargetSeconds } = count.read();
  expect(registeredTargetSeconds / healthyTargetSeconds).toBeCloseTo(1.5, 9);
  expect(count.read().healthyTargetSeconds).toBe(healthyTargetSeconds);
});

test('counts answers under the names of the metrics of an Application Load Balancer', () => {
  const count = new LoadBalancerCount();
  for (const statusCode of [200, 204, 302, 404, 500, 503]) count.targetAnswer(statusCode);
  for (const statusCode of [400, 408, 414, 502, 503, 503, 504] as const) count.ownAnswer(statusCode);
  count.clientGone();
  for (const seconds of [0.1, 0.3]) count.responseTime(seconds);
  expect(count.read()).toEqual({
    seconds: expect.any(Number),
    requests: 0,
    healthyTargetSeconds: 0,
    registeredTargetSeconds: 0,
    responses: 2,
    responseSeconds: 0.4,
    p50ResponseSeconds: 0.2,
    p95ResponseSeconds: 0.6,
    HTTPCode_ELB_4XX_Count: 4,
    HTTPCode_ELB_502_Count: 1,
    HTTPCode_ELB_503_Count: 2,
    HTTPCode_ELB_504_Count: 1,
    HTTPCode_Target_2XX_Count: 2,
    HTTPCode_Target_3XX_Count: 1,
    HTTPCode_Target_4XX_Count: 1,
    HTTPCode_Target_5XX_Count: 2,
  });
});
