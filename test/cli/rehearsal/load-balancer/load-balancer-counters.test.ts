import { expect, test } from 'vitest';
import { LoadBalancerCount } from '../../../../cli/rehearsal/load-balancer/load-balancer-counters';
import { eventually } from '../eventually';

test('counts healthy targets by the time they are healthy, up to the moment of reading', async () => {
  const beforeMillis = performance.now();
  const count = new LoadBalancerCount();
  count.setHealthy(2);
  await eventually(() => count.read().healthyTargetSeconds).toBeGreaterThan(0.02);
  const most = (2 * (performance.now() - beforeMillis)) / 1000;
  expect(count.read().healthyTargetSeconds).toBeLessThanOrEqual(most + 0.01);

  count.setHealthy(0);
  const { healthyTargetSeconds } = count.read();
  expect(count.read().healthyTargetSeconds).toBe(healthyTargetSeconds);
});

test('counts answers under the names of the metrics of an Application Load Balancer', () => {
  const count = new LoadBalancerCount();
  for (const statusCode of [200, 204, 302, 404, 500, 503]) count.targetAnswer(statusCode);
  for (const statusCode of [400, 502, 503, 503, 504] as const) count.ownAnswer(statusCode);
  expect(count.read()).toEqual({
    requests: 0,
    healthyTargetSeconds: 0,
    HTTPCode_ELB_502_Count: 1,
    HTTPCode_ELB_503_Count: 2,
    HTTPCode_ELB_504_Count: 1,
    HTTPCode_Target_2XX_Count: 2,
    HTTPCode_Target_3XX_Count: 1,
    HTTPCode_Target_4XX_Count: 1,
    HTTPCode_Target_5XX_Count: 2,
  });
});
