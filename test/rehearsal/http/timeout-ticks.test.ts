import { expect, onTestFinished, test } from 'vitest';
import { TimeoutTicks } from '../../../rehearsal/http/timeout-ticks';
import { eventually } from '../eventually';

function ticksOf(timeoutMillis: number): { ticks: TimeoutTicks; seen: number[] } {
  const seen: number[] = [];
  const ticks = new TimeoutTicks(timeoutMillis, () => seen.push(ticks.count));
  onTestFinished(() => ticks.stop());
  return { ticks, seen };
}

test('counts from its start until its stop', async () => {
  const { ticks, seen } = ticksOf(100);
  ticks.start();
  ticks.start();
  await eventually(() => seen.slice(0, 3)).toEqual([1, 2, 3]);
  ticks.stop();
  const { count } = ticks;
  expect(seen.at(-1)).toBe(count);
});

test.each([
  [60_000, 60],
  [100, 20],
  [10, 2],
  [3_600_000, 3600],
])('a timeout of %d ms is %d ticks', (millis, expected) => {
  expect(ticksOf(millis).ticks.ticksOf(millis)).toBe(expected);
});
