import { expect, onTestFinished, test } from 'vitest';
import { RequestLimit } from '../../../rehearsal/load-generator/closed-load';
import { eventually } from '../eventually';

/** A limit with many waiting requests, and how many of them were sent. */
function queuedAt(perSecond: number | undefined): { limit: RequestLimit; passed: () => number } {
  let count = 0;
  const limit = new RequestLimit();
  limit.setLimit(perSecond);
  for (let step = 0; step < 5000; step += 1) {
    limit.callWhenAllowed(() => {
      count += 1;
      return true;
    });
  }
  onTestFinished(() => limit.setLimit(undefined));
  return { limit, passed: () => count };
}

test('sends everything if there is no limit', () => {
  expect(queuedAt(undefined).passed()).toBe(5000);
});

test('sends as many requests as the limit allows', async () => {
  const beforeMillis = performance.now();
  const { passed } = queuedAt(1000);
  await eventually(passed).toBeGreaterThan(200);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(passed()).toBeLessThanOrEqual(1000 * seconds + 10);
});

test('sends all waiting requests when the limit is removed', () => {
  const { limit, passed } = queuedAt(1);
  limit.setLimit(undefined);
  expect(passed()).toBe(5000);
});

test('allows no requests for the time before the limit was set', () => {
  expect(queuedAt(1).passed()).toBe(1);
});

test('users who have left do not count towards the limit', () => {
  const limit = new RequestLimit();
  limit.setLimit(1);
  let sent = 0;
  for (let user = 0; user < 500; user += 1) limit.callWhenAllowed(() => false);
  limit.callWhenAllowed(() => {
    sent += 1;
    return true;
  });
  onTestFinished(() => limit.setLimit(undefined));
  expect(sent).toBe(1);
});
