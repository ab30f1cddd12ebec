import { expect, onTestFinished, test } from 'vitest';
import { RequestLimit } from '../../../../cli/rehearsal/traffic/request-limit';
import { eventually } from '../eventually';

/** A limit that many steps wait for, and how many of them have passed. */
function queuedAt(perSecond: number | undefined): { limit: RequestLimit; passed: () => number } {
  let count = 0;
  const limit = new RequestLimit();
  limit.set(perSecond);
  for (let step = 0; step < 5000; step += 1) {
    limit.pass(() => {
      count += 1;
      return true;
    });
  }
  onTestFinished(() => limit.set(undefined));
  return { limit, passed: () => count };
}

test('lets everything through where there is no limit', () => {
  expect(queuedAt(undefined).passed()).toBe(5000);
});

test('lets as many through as the time allows', async () => {
  const beforeMillis = performance.now();
  const { passed } = queuedAt(1000);
  await eventually(passed).toBeGreaterThan(200);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(passed()).toBeLessThanOrEqual(1000 * seconds + 10);
});

test('lets go of those who wait when the limit is lifted', () => {
  const { limit, passed } = queuedAt(1);
  limit.set(undefined);
  expect(passed()).toBe(5000);
});

test('makes up for nothing of the time before a limit was set', () => {
  expect(queuedAt(1).passed()).toBe(1);
});

test('spends nothing on those who have left', () => {
  const limit = new RequestLimit();
  limit.set(1);
  let asked = 0;
  for (let user = 0; user < 500; user += 1) limit.pass(() => false);
  limit.pass(() => {
    asked += 1;
    return true;
  });
  onTestFinished(() => limit.set(undefined));
  expect(asked).toBe(1);
});
