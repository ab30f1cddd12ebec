import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedSum } from '../../../src/simulation/tasks/ordered-sum';

test('is the sum of the values in the order of launch, to the last digit', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 0.0315, 0.25, 1 / 3)), { maxLength: 100 });
  fc.assert(
    fc.property(steps, (drawn) => {
      const sum = new OrderedSum();
      const values = new Array<number>(41).fill(0);
      for (const [number, value] of drawn) {
        sum.set(number, value);
        values[number] = value;
        expect(sum.total).toBe(values.reduce((total, each) => total + each, 0));
      }
    }),
  );
});
