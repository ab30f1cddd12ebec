import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlowedCpu } from '../../../../cli/rehearsal/tasks/slowed-cpu';

test('a slow core takes longer for the same, from the moment it is slow until it is not', () => {
  let used = 2;
  const cpu = new SlowedCpu(() => used);
  cpu.setSpeed(0.5);
  used = 3;
  expect(cpu.read()).toBe(4);
  cpu.setSpeed(1);
  used = 4;
  expect(cpu.read()).toBe(5);
  expect(cpu.lastSeconds).toBe(5);
});

test('the time never goes back, and at full speed is the largest that was read', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (readings) => {
      let used = 0;
      const cpu = new SlowedCpu(() => used);
      let before = 0;
      for (const reading of readings) {
        used = reading;
        expect(cpu.read()).toBeGreaterThanOrEqual(before);
        before = cpu.lastSeconds;
      }
      expect(cpu.lastSeconds).toBeCloseTo(Math.max(0, ...readings), 3);
    }),
  );
});
