import { expect, onTestFinished, test, vi } from 'vitest';
import { WallTime } from '../../src/time/wall-time';

test('passes scenario seconds at its speed, in order', async () => {
  const time = new WallTime(1000);
  const seen = await new Promise<number[]>((resolve) => {
    const order: number[] = [];
    time.after(60, () => resolve([...order, 60]));
    time.after(20, () => order.push(20));
    time.after(40, () => order.push(40));
  });
  expect(seen).toEqual([20, 40, 60]);
  expect(time.nowSeconds).toBeGreaterThanOrEqual(60);
});

test('runs nothing after it was stopped', () => {
  const time = new WallTime(60);
  time.after(0, () => expect.unreachable());
  time.stop();
  time.after(0, () => expect.unreachable());
});

test('passes at another speed from the moment it is told, and loses nothing of what has passed', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const time = new WallTime(10);
  vi.advanceTimersByTime(1000);
  time.changeSpeed(1);
  expect(time.nowSeconds).toBe(10);
  const called: number[] = [];
  time.after(5, () => called.push(time.nowSeconds));
  vi.advanceTimersByTime(6000);
  expect(called).toEqual([15]);
  expect(time.nowSeconds).toBe(16);
});
