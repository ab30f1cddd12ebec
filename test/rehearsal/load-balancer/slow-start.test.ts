import { expect, test } from 'vitest';
import { RoundRobin, SlowStart } from '../../../rehearsal/load-balancer/routing-algorithms';
import { SimulatedClock } from '../../../src/time/simulated-clock';
import { shares, targets } from './targets';

test('the share of a target that joins others grows until it has its full share', () => {
  const clock = new SimulatedClock();
  const router = new RoundRobin(new SlowStart(clock, 100));
  const all = targets(3);
  router.update(all.slice(0, 2));
  router.update(all);
  const shareAt = (seconds: number): number[] => {
    clock.runUntil(seconds);
    return shares(all, () => router.next(), 300);
  };
  expect(shareAt(0)).toEqual([149, 149, 2]);
  expect(shareAt(50)).toEqual([120, 120, 60]);
  expect(shareAt(100)).toEqual([100, 100, 100]);
});

test('the first targets of a group have their full share at once', () => {
  const all = targets(2);
  const slowStart = new SlowStart(new SimulatedClock(), 100);
  slowStart.update(all);
  expect(all.map((target) => slowStart.shareOf(target))).toEqual([1, 1]);
});

test('a target that returns starts slowly again', () => {
  const clock = new SimulatedClock();
  const slowStart = new SlowStart(clock, 100);
  const all = targets(2);
  slowStart.update(all);
  slowStart.update(all.slice(0, 1));
  slowStart.update(all);
  clock.runUntil(30);
  expect(slowStart.shareOf(all[1]!)).toBeCloseTo(0.3);
  expect(slowStart.isOver).toBe(false);
});
