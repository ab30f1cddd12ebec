import { expect, test } from 'vitest';
import { targets } from './targets';

test('a fault fails the checks of a target while it is active', () => {
  const [target] = targets(1);
  target!.recordHealthCheck(undefined);
  expect(target!.state).toBe('healthy');
  target!.failsHealthChecks = true;
  target!.recordHealthCheck(undefined);
  target!.recordHealthCheck(undefined);
  expect(target!.state).toBe('unhealthy');
  expect(target!.lastFailure).toBe('a fault of the scenario fails its health checks');
  target!.failsHealthChecks = false;
  target!.recordHealthCheck(undefined);
  target!.recordHealthCheck(undefined);
  expect(target!.state).toBe('healthy');
});

test('records why the last failed check failed', () => {
  const [target] = targets(1);
  target!.recordHealthCheck('connection refused');
  target!.recordHealthCheck(undefined);
  expect(target!.lastFailure).toBe('connection refused');
});

test('is draining after deregistration, and unused once it is closed', () => {
  const [target] = targets(1);
  target!.recordHealthCheck(undefined);
  target!.drain();
  expect(target!.state).toBe('draining');
  target!.close();
  expect(target!.state).toBe('unused');
});
