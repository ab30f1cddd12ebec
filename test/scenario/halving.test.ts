import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgeOf } from '../../src/scenario/halving';

test('the place at which a claim stops holding lies between two that are as close as was asked for', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 40 }), (share, halvings) => {
      const most = 8;
      const { inside, outside } = edgeOf((place) => place < share * most, most, halvings);
      expect(inside).toBeLessThanOrEqual(share * most);
      expect(outside).toBeGreaterThanOrEqual(share * most);
      expect(outside - inside).toBe(most / 2 ** halvings);
    }),
  );
});
