import { describe, expect, test } from 'vitest';
import { every } from '../../src/time/every';
import { SimulatedTime } from '../../src/time/simulated-time';

describe('simulated time', () => {
  test('runs what is due and stands at the end', () => {
    const time = new SimulatedTime();
    const seen: number[] = [];
    for (const delay of [30, 10, 20, 40]) time.after(delay, () => seen.push(time.nowSeconds));
    time.runUntil(30);
    expect(seen).toEqual([10, 20, 30]);
    expect(time.nowSeconds).toBe(30);
  });

  test('runs steps that steps add', () => {
    const time = new SimulatedTime();
    const seen: number[] = [];
    time.after(5, () => time.after(5, () => seen.push(time.nowSeconds)));
    time.runUntil(10);
    expect(seen).toEqual([10]);
  });

  test('does not run what was called off', () => {
    const time = new SimulatedTime();
    const cancel = time.after(1, () => expect.unreachable());
    cancel();
    cancel();
    time.runUntil(2);
  });
});

describe('every', () => {
  test('keeps its beat until it is stopped', () => {
    const time = new SimulatedTime();
    const seen: number[] = [];
    const stop = every(time, { firstAtSeconds: 7, periodSeconds: 60 }, () => seen.push(time.nowSeconds));
    time.runUntil(130);
    stop();
    time.runUntil(500);
    expect(seen).toEqual([7, 67, 127]);
  });

  test('can be stopped from within its own step', () => {
    const time = new SimulatedTime();
    let beats = 0;
    const stop = every(time, { firstAtSeconds: 1, periodSeconds: 1 }, () => {
      beats += 1;
      stop();
    });
    time.runUntil(10);
    expect(beats).toBe(1);
  });
});
