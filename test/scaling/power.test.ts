import fc from 'fast-check';
import { expect, test } from 'vitest';
import { power } from '../../src/scaling/power';

test('a power is what it is called', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (base, exponent) => {
      expect(power(base, exponent) / base ** exponent).toBeCloseTo(1, 10);
    }),
  );
  expect([power(0, 0.5), power(7, 0)]).toEqual([0, 1]);
});
