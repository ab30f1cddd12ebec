import { expect, onTestFinished, test } from 'vitest';
import { DelayedRequests, type DelayResult } from '../../../rehearsal/load-balancer/target';
import { eventually } from '../eventually';

function delayedRequests(idleTimeoutMillis: number): DelayedRequests {
  const requests = new DelayedRequests(idleTimeoutMillis);
  onTestFinished(() => requests.close());
  return requests;
}

test.each([
  [20, 'released'],
  [50, 'timed-out'],
  [60_000, 'timed-out'],
])('with an idle timeout of 50 ms, a request that is delayed for %d ms is %s', async (millis, end) => {
  const ends: DelayResult[] = [];
  const startMillis = performance.now();
  delayedRequests(50).delay(millis, (each) => ends.push(each));
  await eventually(() => ends).toEqual([end]);
  // a timer may fire a millisecond early.
  expect(performance.now() - startMillis).toBeGreaterThan(Math.min(millis, 50) - 1);
});

test('a canceled request is not released', async () => {
  const ends: string[] = [];
  const requests = delayedRequests(60_000);
  requests.delay(1, () => ends.push('one'))();
  requests.delay(2, () => ends.push('other'));
  await eventually(() => ends).toEqual(['other']);
  requests.close();
  expect(ends).toEqual(['other']);
});

test('closing releases all requests', () => {
  const ends: DelayResult[] = [];
  const requests = delayedRequests(60_000);
  requests.delay(1000, (end) => ends.push(end));
  requests.delay(2000, (end) => ends.push(end));
  requests.close();
  requests.close();
  expect(ends).toEqual(['released', 'released']);
});
