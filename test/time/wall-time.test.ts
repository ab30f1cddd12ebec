import { expect, test } from 'vitest';
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
