import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlowedCpu } from '../../../../rehearsal/task-runtime/limits/cpu-quota';

test('a slow core needs more CPU seconds for the same work, while it is slow', () => {
  let used = 2;
  const cpu = new SlowedCpu(() => used);
  cpu.setRelativeSpeed(0.5);
  used = 3;
  expect(cpu.readSlowedSeconds()).toBe(4);
  cpu.setRelativeSpeed(1);
  used = 4;
  expect(cpu.readSlowedSeconds()).toBe(5);
  expect(cpu.lastSeconds).toBe(5);
});

test('CPU seconds never decrease, and at full speed are the largest reading', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (readings) => {
      let used = 0;
      const cpu = new SlowedCpu(() => used);
      let before = 0;
      for (const reading of readings) {
        used = reading;
        expect(cpu.readSlowedSeconds()).toBeGreaterThanOrEqual(before);
        before = cpu.lastSeconds;
      }
      expect(cpu.lastSeconds).toBeCloseTo(Math.max(0, ...readings), 3);
    }),
  );
});
