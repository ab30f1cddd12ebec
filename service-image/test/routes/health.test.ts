import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test('is healthy while the service takes requests', async () => {
  const answer = await smallApp().inject('/health');
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'healthy' }]);
});

test('is draining, and not healthy, once the service has been told to stop', async () => {
  const answer = await smallApp({ isDraining: () => true }).inject('/health');
  expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'draining' }]);
});

test('ignores a query', async () => {
  expect((await smallApp().inject('/health?from=elb')).statusCode).toBe(200);
});

test('is alive even while draining', async () => {
  const answer = await smallApp({ isDraining: () => true }).inject('/health/live');
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'alive' }]);
});

test('is healthy in depth without dependencies', async () => {
  const answer = await smallApp().inject('/health/deep');
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'healthy', dependencies: { prices: 'not_configured' } }]);
});
