import { expect, test } from 'vitest';
import { type BoundsChange, boundsCause, CapacityBounds } from '../../src/scaling/capacity-bounds';

test.each<[BoundsChange, number, number]>([
  [{ minCapacity: 4 }, 4, 6],
  [{ maxCapacity: 9 }, 2, 9],
  [{ minCapacity: 8 }, 8, 8],
  [{ maxCapacity: 1 }, 1, 1],
  [{ minCapacity: 3, maxCapacity: 4 }, 3, 4],
  [{ desiredCapacity: 5 }, 2, 6],
])('2 to 6 tasks, changed by %j, are %d to %d', (change, min, max) => {
  const bounds = new CapacityBounds({ minCapacity: 2, maxCapacity: 6 });
  bounds.set(change);
  expect([bounds.min, bounds.max]).toEqual([min, max]);
});

test('a count goes to the nearest bound', () => {
  const bounds = new CapacityBounds({ minCapacity: 2, maxCapacity: 6 });
  expect([1, 4, 9].map((count) => bounds.clamp(count))).toEqual([2, 4, 6]);
});

test.each<[BoundsChange, string]>([
  [{ minCapacity: 5 }, 'minimum capacity was set to 5'],
  [{ minCapacity: 0, maxCapacity: 0 }, 'minimum capacity was set to 0 and maximum capacity was set to 0'],
])('%j is said as AWS says it', (change, cause) => {
  expect(boundsCause(change)).toBe(cause);
});
