import { expect, test } from 'vitest';
import { targets } from './targets';

test('a fault fails the checks of a target for as long as it lasts', () => {
  const [target] = targets(1);
  target!.note(undefined);
  expect(target!.state).toBe('healthy');
  target!.failChecks = true;
  target!.note(undefined);
  target!.note(undefined);
  expect(target!.state).toBe('unhealthy');
  expect(target!.lastFailure).toBe('a fault of the scenario fails its health checks');
  target!.failChecks = false;
  target!.note(undefined);
  target!.note(undefined);
  expect(target!.state).toBe('healthy');
});

test('it remembers why the last failed check failed', () => {
  const [target] = targets(1);
  target!.note('connection refused');
  target!.note(undefined);
  expect(target!.lastFailure).toBe('connection refused');
});

test('it is draining from when it leaves, and unused once it is closed', () => {
  const [target] = targets(1);
  target!.note(undefined);
  target!.drain();
  expect(target!.state).toBe('draining');
  target!.close();
  expect(target!.state).toBe('unused');
});
