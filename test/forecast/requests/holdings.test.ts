import { expect, test } from 'vitest';
import { Holdings } from '../../../src/forecast/requests/holdings';
import { ModelledTask } from '../../../src/forecast/tasks/modelled-task';

test('what is held is given up a minute after it came', () => {
  const holdings = new Holdings();
  const task = new ModelledTask(1, 0, 0);
  holdings.hold(task, 0, 3);
  holdings.hold(task, 10, 2);
  expect([holdings.expire(59), holdings.expire(60), holdings.count, holdings.expire(75), holdings.count]).toEqual([0, 3, 2, 2, 0]);
});

test('a task that ends, or wakes up, lets go of all it holds', () => {
  const holdings = new Holdings();
  const [task, other] = [new ModelledTask(1, 0, 0), new ModelledTask(2, 0, 0)];
  holdings.hold(task, 0, 3);
  holdings.hold(task, 10, 2);
  holdings.hold(other, 10, 1);
  expect(holdings.release(task, 20)).toEqual({ count: 5, waitedSeconds: 3 * 20 + 2 * 10 });
  expect([holdings.count, holdings.heldBy(other), holdings.heldBy(task)]).toEqual([1, 1, 0]);
});
