import { describe, expect, test } from 'vitest';
import { every } from '../../src/time/clock';
import { SimulatedClock } from '../../src/time/simulated-clock';

describe('simulated time', () => {
  test('runs what is due and ends at the given second', () => {
    const clock = new SimulatedClock();
    const seen: number[] = [];
    for (const delay of [30, 10, 20, 40]) clock.after(delay, () => seen.push(clock.nowSeconds));
    clock.runUntil(30);
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.nowSeconds).toBe(30);
  });

  test('runs steps that steps add', () => {
    const clock = new SimulatedClock();
    const seen: number[] = [];
    clock.after(5, () => clock.after(5, () => seen.push(clock.nowSeconds)));
    clock.runUntil(10);
    expect(seen).toEqual([10]);
  });

  test('does not run what was called off', () => {
    const clock = new SimulatedClock();
    const cancel = clock.after(1, () => expect.unreachable());
    cancel();
    cancel();
    clock.runUntil(2);
  });
});

describe('every', () => {
  test('keeps its beat until it is stopped', () => {
    const clock = new SimulatedClock();
    const seen: number[] = [];
    const stop = every(clock, { firstAtSeconds: 7, periodSeconds: 60 }, () => seen.push(clock.nowSeconds));
    clock.runUntil(130);
    stop();
    clock.runUntil(500);
    expect(seen).toEqual([7, 67, 127]);
  });

  test('can be stopped from within its own step', () => {
    const clock = new SimulatedClock();
    let runs = 0;
    const stop = every(clock, { firstAtSeconds: 1, periodSeconds: 1 }, () => {
      runs += 1;
      stop();
    });
    clock.runUntil(10);
    expect(runs).toBe(1);
  });
});
