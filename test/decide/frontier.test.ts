import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paretoFrontier } from '../../src/decide/recommend';

const compromise = ([dollars, shareMissingObjective]: readonly [number, number]) => ({ dollars, shareMissingObjective });

test.each<[string, [number, number][], [number, number][]]>([
  ['nothing where there are no items', [], []],
  [
    'items that cost less or miss less',
    [
      [2, 0.1],
      [1, 0.5],
    ],
    [
      [1, 0.5],
      [2, 0.1],
    ],
  ],
  [
    'no item that costs more and misses as much',
    [
      [1, 0.5],
      [2, 0.5],
    ],
    [[1, 0.5]],
  ],
  [
    'no item that misses less by less than a tenth',
    [
      [1, 0.5],
      [2, 0.46],
      [3, 0.44],
    ],
    [
      [1, 0.5],
      [3, 0.44],
    ],
  ],
  [
    'the cheapest of those that miss nothing',
    [
      [3, 0],
      [2, 1e-9],
      [1, 0.5],
    ],
    [
      [1, 0.5],
      [2, 1e-9],
    ],
  ],
])('a frontier holds %s', (_, items, expected) => {
  expect(paretoFrontier(items, compromise)).toEqual(expected);
});

test('along a frontier cost rises and misses fall, and no item that is left out is better', () => {
  const item = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const frontier = paretoFrontier(items, compromise);
      for (const [index, [dollars, shareMissingObjective]] of frontier.slice(1).entries()) {
        expect(dollars).toBeGreaterThanOrEqual(frontier[index]![0]);
        expect(shareMissingObjective).toBeLessThan(frontier[index]![1]);
      }
      for (const [dollars, shareMissingObjective] of items) {
        expect(frontier.some(([d, r]) => d <= dollars && (r < 1e-6 || r * 0.9 <= shareMissingObjective))).toBe(true);
      }
    }),
  );
});
