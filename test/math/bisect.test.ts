import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bisect } from '../../src/math/bisect';

test('the value up to which a condition is true is between the two returned bounds', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 40 }), (share, steps) => {
      const max = 8;
      const { inside, outside } = bisect((value) => value < share * max, max, steps);
      expect(inside).toBeLessThanOrEqual(share * max);
      expect(outside).toBeGreaterThanOrEqual(share * max);
      expect(outside - inside).toBe(max / 2 ** steps);
    }),
  );
});
