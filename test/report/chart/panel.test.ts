import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { condensedLine } from '../../../src/report/chart/panel';

test('a short line is left as it is', () => {
  const line = [
    { atSeconds: 0, value: 1 },
    { atSeconds: 60, value: 2 },
  ];
  expect(condensedLine(line, 10)).toBe(line);
});

test('a long line keeps its order, its ends, its lowest and its highest value, and no more corners than can be seen', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 200, maxLength: 1000 }), (values) => {
      const line = values.map((value, index) => ({ atSeconds: 60 * (index + 1), value }));
      const short = condensedLine(line, 20);
      const shown = short.map((point) => point.value!);
      expect(short.length).toBeLessThanOrEqual(80);
      expect(short).toEqual([...short].sort((a, b) => a.atSeconds - b.atSeconds));
      expect([short[0], short.at(-1)]).toEqual([line[0], line.at(-1)]);
      expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...values), Math.max(...values)]);
    }),
  );
});

test('a line without values stays without', () => {
  const line = Array.from({ length: 100 }, (_, index) => ({ atSeconds: index }));
  expect(condensedLine(line, 5).every((point) => point.value === undefined)).toBe(true);
});
