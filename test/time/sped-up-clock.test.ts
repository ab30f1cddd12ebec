import { expect, onTestFinished, test, vi } from 'vitest';
import { SpedUpClock } from '../../src/time/sped-up-clock';

test('passes scenario seconds at its speed, in order', async () => {
  const clock = new SpedUpClock(1000);
  const seen = await new Promise<number[]>((resolve) => {
    const order: number[] = [];
    clock.after(60, () => resolve([...order, 60]));
    clock.after(20, () => order.push(20));
    clock.after(40, () => order.push(40));
  });
  expect(seen).toEqual([20, 40, 60]);
  expect(clock.nowSeconds).toBeGreaterThanOrEqual(60);
});

test('runs nothing after it was stopped', () => {
  const clock = new SpedUpClock(60);
  clock.after(0, () => expect.unreachable());
  clock.stop();
  clock.after(0, () => expect.unreachable());
});

test('changes its speed at once, and keeps the time that has passed', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const clock = new SpedUpClock(10);
  vi.advanceTimersByTime(1000);
  clock.changeSpeed(1);
  expect(clock.nowSeconds).toBe(10);
  const called: number[] = [];
  clock.after(5, () => called.push(clock.nowSeconds));
  vi.advanceTimersByTime(6000);
  expect(called).toEqual([15]);
  expect(clock.nowSeconds).toBe(16);
});
