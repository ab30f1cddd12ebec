import { expect, test } from 'vitest';
import { HeldRequests } from '../../../src/simulation/requests/held-requests';
import { SimulatedTask } from '../../../src/simulation/tasks/simulated-task';

test('held requests time out a minute after they arrived', () => {
  const holdings = new HeldRequests(60);
  const task = new SimulatedTask(1, 0, 0);
  holdings.add(task, 0, 3);
  holdings.add(task, 10, 2);
  expect([holdings.takeTimedOut(59), holdings.takeTimedOut(60), holdings.count, holdings.takeTimedOut(75), holdings.count]).toEqual([
    0, 3, 2, 2, 0,
  ]);
});

test('a task that exits or is unpaused releases all its requests', () => {
  const holdings = new HeldRequests(60);
  const [task, other] = [new SimulatedTask(1, 0, 0), new SimulatedTask(2, 0, 0)];
  holdings.add(task, 0, 3);
  holdings.add(task, 10, 2);
  holdings.add(other, 10, 1);
  expect(holdings.takeAllOf(task, 20)).toEqual({ count: 5, totalWaitedSeconds: 3 * 20 + 2 * 10 });
  expect([holdings.count, holdings.countOf(other), holdings.countOf(task)]).toEqual([1, 1, 0]);
});
