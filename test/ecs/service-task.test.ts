import { expect, test } from 'vitest';
import { NumberedTask } from './pool-of-numbers';

test.each([
  [0, 20, 20, 0],
  [60, 20, 60, 40],
  [60, 90, 90, 0],
])('a task with a minimum of %d billed seconds that stops after %d is billed %d', (min, ranSeconds, billedSeconds, extraSeconds) => {
  const task = new NumberedTask(1, 0, 0);
  expect(task.billedSeconds(10)).toBe(0);
  task.startBilling(10, min);
  expect(task.billedSeconds(10 + ranSeconds)).toBe(ranSeconds);
  task.stopBilling(10 + ranSeconds);
  expect(task.billedSeconds(1000)).toBe(billedSeconds);
  expect(task.extraBilledSeconds).toBe(extraSeconds);
});
