import { expect, test } from 'vitest';
import { LoadBalancerMetrics } from '../../../rehearsal/load-balancer/load-balancer-metrics';
import { eventually } from '../eventually';

test('counts the time for which targets are healthy, up to the reading', async () => {
  const beforeMillis = performance.now();
  const metrics = new LoadBalancerMetrics();
  metrics.setTargets({ healthy: 2, registered: 3 });
  await eventually(() => metrics.read().healthyTargetSeconds).toBeGreaterThan(0.02);
  const max = (2 * (performance.now() - beforeMillis)) / 1000;
  expect(metrics.read().healthyTargetSeconds).toBeLessThanOrEqual(max + 0.01);
});

test.each([
  ['the healthy targets', { healthy: 2, registered: 3 }, 2, 3],
  ['the registered targets while none is healthy', { healthy: 0, registered: 3 }, 3, 3],
  ['one target while there is none', { healthy: 0, registered: 0 }, 1, 1],
])('counts %s', async (_, targets, healthy, registered) => {
  const metrics = new LoadBalancerMetrics();
  metrics.setTargets(targets);
  const before = metrics.read();
  await eventually(() => metrics.read().seconds - before.seconds).toBeGreaterThan(0.01);
  const after = metrics.read();
  const seconds = after.seconds - before.seconds;
  expect((after.healthyTargetSeconds - before.healthyTargetSeconds) / seconds).toBeCloseTo(healthy, 9);
  expect((after.registeredTargetSeconds - before.registeredTargetSeconds) / seconds).toBeCloseTo(registered, 9);
});

test('counts responses by the names of the metrics of an Application Load Balancer', () => {
  const metrics = new LoadBalancerMetrics();
  for (const statusCode of [200, 204, 302, 404, 500, 503]) metrics.countTargetResponse(statusCode);
  for (const statusCode of [400, 408, 414, 502, 503, 503, 504] as const) metrics.countGeneratedResponse(statusCode);
  metrics.countClientAbort();
  for (const seconds of [0.1, 0.3]) metrics.addResponseTime(seconds);
  expect(metrics.read()).toEqual({
    seconds: expect.any(Number),
    requests: 0,
    healthyTargetSeconds: expect.any(Number),
    registeredTargetSeconds: expect.any(Number),
    responses: 2,
    responseSeconds: 0.4,
    p50ResponseSeconds: 0.2,
    p95ResponseSeconds: 0.6,
    p99ResponseSeconds: 0.6,
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

test.each([99, 100, 600, 999])('a response with the status %d is not counted', (statusCode) => {
  const metrics = new LoadBalancerMetrics();
  metrics.countTargetResponse(statusCode);
  const counts = Object.entries(metrics.read()).filter(([name]) => !name.endsWith('Seconds') && name !== 'seconds');
  expect(counts.every(([, count]) => count === 0)).toBe(true);
});
