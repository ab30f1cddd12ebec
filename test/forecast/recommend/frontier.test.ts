import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frontierOf } from '../../../src/forecast/recommend/frontier';

const weigh = ([dollars, risk]: readonly [number, number]) => ({ dollars, risk });

test.each<[string, [number, number][], [number, number][]]>([
  ['nothing of nothing', [], []],
  [
    'less money or less risk',
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
    'nothing that costs more and risks as much',
    [
      [1, 0.5],
      [2, 0.5],
    ],
    [[1, 0.5]],
  ],
  [
    'nothing that risks less by less than a tenth',
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
    'the cheapest of those without risk',
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
  expect(frontierOf(items, weigh)).toEqual(expected);
});

test('along a frontier money rises and risk falls, and nothing left out beats what is in it', () => {
  const item = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const frontier = frontierOf(items, weigh);
      for (const [index, [dollars, risk]] of frontier.slice(1).entries()) {
        expect(dollars).toBeGreaterThanOrEqual(frontier[index]![0]);
        expect(risk).toBeLessThan(frontier[index]![1]);
      }
      for (const [dollars, risk] of items) {
        expect(frontier.some(([d, r]) => d <= dollars && (r < 1e-6 || r * 0.9 <= risk))).toBe(true);
      }
    }),
  );
});
