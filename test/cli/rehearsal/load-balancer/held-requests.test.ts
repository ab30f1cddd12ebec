import { expect, onTestFinished, test } from 'vitest';
import { type HeldEnd, HeldRequests } from '../../../../cli/rehearsal/load-balancer/held-requests';
import { eventually } from '../eventually';

function holding(silenceMillis: number): HeldRequests {
  const held = new HeldRequests(silenceMillis);
  onTestFinished(() => held.close());
  return held;
}

test.each([
  [20, 'released'],
  [50, 'timed-out'],
  [60_000, 'timed-out'],
])('where a target may be silent for 50 ms, what is held for %d ms is %s', async (millis, how) => {
  const ends: HeldEnd[] = [];
  const startMillis = performance.now();
  holding(50).hold(millis, (end) => ends.push(end));
  await eventually(() => ends).toEqual([how]);
  // a timer may ring a millisecond before its time.
  expect(performance.now() - startMillis).toBeGreaterThan(Math.min(millis, 50) - 1);
});

test('nothing comes of a request that is let go', async () => {
  const ends: string[] = [];
  const held = holding(60_000);
  held.hold(1, () => ends.push('one'))();
  held.hold(2, () => ends.push('other'));
  await eventually(() => ends).toEqual(['other']);
  held.close();
  expect(ends).toEqual(['other']);
});

test('all are released when it closes', () => {
  const ends: HeldEnd[] = [];
  const held = holding(60_000);
  held.hold(1000, (end) => ends.push(end));
  held.hold(2000, (end) => ends.push(end));
  held.close();
  held.close();
  expect(ends).toEqual(['released', 'released']);
});
