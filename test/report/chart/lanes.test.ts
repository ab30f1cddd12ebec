import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lanesFor } from '../../../src/report/chart/lanes';

test('the first ones stand highest, and who finds no room has no lane', () => {
  const wide = { start: 0, end: 10 };
  expect(lanesFor([wide, wide, wide, { start: 10, end: 20 }], 2)).toEqual([0, 1, undefined, 0]);
});

test('no two labels of a lane overlap, whatever their places', () => {
  const stretches = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 260 })).map(([start, width]) => ({ start, end: start + width })),
  );
  fc.assert(
    fc.property(stretches, (all) => {
      const lanes = lanesFor(all, 5);
      const placed = all.map((stretch, index) => ({ ...stretch, lane: lanes[index] })).filter(({ lane }) => lane !== undefined);
      for (const one of placed) {
        const met = placed.filter((other) => other !== one && other.lane === one.lane && other.start < one.end && one.start < other.end);
        expect(met).toEqual([]);
      }
    }),
  );
});
