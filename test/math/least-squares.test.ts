import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slopeThroughOrigin, straightLine } from '../../src/math/least-squares';

const number = fc.double({ min: -100, max: 100, noNaN: true });

test('finds the line that the points lie on', () => {
  fc.assert(
    fc.property(number, number, (slope, intercept) => {
      const line = straightLine([1, 2, 5].map((x) => ({ x, y: intercept + slope * x, weight: x })));
      expect(line.slope).toBeCloseTo(slope, 6);
      expect(line.intercept).toBeCloseTo(intercept, 6);
    }),
  );
});

test.each([
  ['all of what lies on a line', [1, 2, 3, 4], 1],
  ['nothing of what only goes up and down', [1, -1, -1, 1], 0],
  ['nothing where nothing varies', [7, 7, 7, 7], 0],
])('explains %s', (_, values, share) => {
  expect(straightLine(values.map((y, x) => ({ x, y }))).rSquared).toBeCloseTo(share, 9);
});

test('a line through nothing at 0 is as steep as its points on average', () => {
  expect(slopeThroughOrigin([{ x: 1, y: 3 }])).toBe(3);
  expect(
    slopeThroughOrigin([
      { x: 1, y: 3, weight: 2 },
      { x: 1, y: 6 },
    ]),
  ).toBe(4);
});
