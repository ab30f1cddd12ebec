import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test('is healthy while the service takes requests', async () => {
  const response = await smallApp().inject('/health');
  expect([response.statusCode, response.json()]).toEqual([200, { status: 'healthy' }]);
});

test('is draining, and not healthy, after SIGTERM', async () => {
  const response = await smallApp({ isDraining: () => true }).inject('/health');
  expect([response.statusCode, response.json()]).toEqual([503, { status: 'draining' }]);
});

test('ignores a query', async () => {
  expect((await smallApp().inject('/health?from=elb')).statusCode).toBe(200);
});

test('is alive even while draining', async () => {
  const response = await smallApp({ isDraining: () => true }).inject('/health/live');
  expect([response.statusCode, response.json()]).toEqual([200, { status: 'alive' }]);
});

test('is healthy in depth without dependencies', async () => {
  const response = await smallApp().inject('/health/deep');
  expect([response.statusCode, response.json()]).toEqual([200, { status: 'healthy', dependencies: { prices: 'not_configured' } }]);
});
