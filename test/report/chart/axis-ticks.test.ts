import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticksUpTo } from '../../../src/report/chart/axis-ticks';

test.each([
  [0, 4, [0, 0.5, 1]],
  [1, 2, [0, 0.5, 1]],
  [100, 2, [0, 50, 100]],
  [2980, 4, [0, 1000, 2000, 3000]],
  [0.3, 4, [0, 0.1, 0.2, 0.3]],
  [85.9, 4, [0, 50, 100]],
])('ticks up to %d in at most %d steps', (highest, steps, values) => {
  expect(ticksUpTo(highest, steps).values.slice(0, values.length)).toEqual(values.slice(0, ticksUpTo(highest, steps).values.length));
  expect(ticksUpTo(highest, steps).axisMax).toBeGreaterThanOrEqual(highest);
});

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [6, [0, 2, 4, 6]],
])('%d tasks have only whole ticks', (highest, values) => {
  expect(ticksUpTo(highest, 4, true).values).toEqual(values);
});

describe('ticks for anything', () => {
  test('reach the highest value in at most the given number of steps, and not much further', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), fc.integer({ min: 1, max: 10 }), (highest, steps) => {
        const { values, axisMax } = ticksUpTo(highest, steps);
        expect(axisMax).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(values.length - 1).toBeLessThanOrEqual(steps);
        expect(values.at(-2)!).toBeLessThan(highest);
      }),
    );
  });
});
