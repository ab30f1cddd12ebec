import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedTasks } from '../../src/ecs/sorted-tasks';

test('tasks are in the order of launch, whatever the order in which they are added and removed', () => {
  const steps = fc.array(fc.record({ number: fc.integer({ min: 1, max: 30 }), isAdded: fc.boolean() }), { maxLength: 80 });
  fc.assert(
    fc.property(steps, (drawn) => {
      const sorted = new SortedTasks<{ readonly number: number }>();
      const expected = new Map<number, { readonly number: number }>();
      for (const { number, isAdded } of drawn) {
        const task = expected.get(number) ?? { number };
        if (isAdded && !expected.has(number)) sorted.add(task);
        if (isAdded) expected.set(number, task);
        else {
          sorted.remove(task);
          expected.delete(number);
        }
      }
      const inOrder = [...expected.values()].sort((one, other) => one.number - other.number);
      expect(sorted.all).toEqual(inOrder);
      expect([sorted.count, sorted.oldest, sorted.youngest]).toEqual([inOrder.length, inOrder[0], inOrder.at(-1)]);
    }),
  );
});
