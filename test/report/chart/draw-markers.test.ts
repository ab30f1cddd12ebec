import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lanesFor } from '../../../src/report/chart/draw-markers';

test('the first ones are highest, and one without room has no lane', () => {
  const wide = { start: 0, end: 10 };
  expect(lanesFor([wide, wide, wide, { start: 10, end: 20 }], 2)).toEqual([0, 1, undefined, 0]);
});

test('no two labels of a lane overlap, whatever their places', () => {
  const extents = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 260 })).map(([start, width]) => ({ start, end: start + width })),
  );
  fc.assert(
    fc.property(extents, (all) => {
      const lanes = lanesFor(all, 5);
      const placed = all.map((extent, index) => ({ ...extent, lane: lanes[index] })).filter(({ lane }) => lane !== undefined);
      for (const one of placed) {
        const met = placed.filter((other) => other !== one && other.lane === one.lane && other.start < one.end && one.start < other.end);
        expect(met).toEqual([]);
      }
    }),
  );
});
