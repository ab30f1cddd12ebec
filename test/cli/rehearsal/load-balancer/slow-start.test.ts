import { expect, test } from 'vitest';
import { RoundRobin } from '../../../../cli/rehearsal/load-balancer/round-robin';
import { SlowStart } from '../../../../cli/rehearsal/load-balancer/slow-start';
import { SimulatedTime } from '../../../../src/time/simulated-time';
import { shares, targets } from './targets';

test('a target that joins others gets more and more, until it gets as much as they do', () => {
  const time = new SimulatedTime();
  const router = new RoundRobin(new SlowStart(time, 100));
  const all = targets(3);
  router.update(all.slice(0, 2));
  router.update(all);
  const shareAt = (seconds: number): number[] => {
    time.runUntil(seconds);
    return shares(all, () => router.next(), 300);
  };
  expect(shareAt(0)).toEqual([149, 149, 2]);
  expect(shareAt(50)).toEqual([120, 120, 60]);
  expect(shareAt(100)).toEqual([100, 100, 100]);
});

test('the first targets of a group get their full share at once', () => {
  const all = targets(2);
  const slowStart = new SlowStart(new SimulatedTime(), 100);
  slowStart.update(all);
  expect(all.map((target) => slowStart.shareOf(target))).toEqual([1, 1]);
});

test('a target that left starts slowly when it comes back', () => {
  const time = new SimulatedTime();
  const slowStart = new SlowStart(time, 100);
  const all = targets(2);
  slowStart.update(all);
  slowStart.update(all.slice(0, 1));
  slowStart.update(all);
  time.runUntil(30);
  expect(slowStart.shareOf(all[1]!)).toBeCloseTo(0.3);
  expect(slowStart.isOver).toBe(false);
});
