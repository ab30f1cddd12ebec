import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerQueue } from '../../src/time/timer-queue';

test('gives events back in the order they are due, and in the order added where due together', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (dueSeconds) => {
      const queue = new TimerQueue();
      for (const atSeconds of dueSeconds) queue.add(atSeconds, () => {});
      const taken = dueSeconds.map(() => queue.removeNext()!);
      const sorted = [...taken].sort((a, b) => a.atSeconds - b.atSeconds || a.order - b.order);
      expect(taken).toEqual(sorted);
      expect(queue.next).toBeUndefined();
    }),
  );
});
