import { expect, test } from 'vitest';
import { FleetTask } from '../../../../cli/rehearsal/fleet/fleet-task';
import { SimulatedTime } from '../../../../src/time/simulated-time';

test.each([
  [0, 20, 20],
  [60, 20, 60],
  [60, 90, 90],
])('a task that is paid for at least %d seconds, and ends after %d, is paid for %d', (least, ranSeconds, paidSeconds) => {
  const time = new SimulatedTime();
  const task = new FleetTask(time, 1, 0, 0);
  expect(task.paidSeconds).toBe(0);
  time.runUntil(10);
  task.beginToPay(least);
  time.runUntil(10 + ranSeconds);
  expect(task.paidSeconds).toBe(ranSeconds);
  task.endToPay();
  time.runUntil(1000);
  expect(task.paidSeconds).toBe(paidSeconds);
});
