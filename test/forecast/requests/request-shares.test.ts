import { describe, expect, test } from 'vitest';
import { shareOut } from '../../../src/forecast/requests/request-shares';
import { taskServerOf } from '../../../src/forecast/task-server-of-workload';
import type { RoutingAlgorithm } from '../../../src/plan/routing';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { groupOf } from './task-groups';

const FAST = taskServerOf({ ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0 }, 0.25);
const SLOW = taskServerOf({ ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0, cpuSecondsPerRequest: 0.000_239 }, 0.25);

function routing(algorithm: RoutingAlgorithm, mitigatesAnomalies = false) {
  return { algorithm, slowStartSeconds: 0, mitigatesAnomalies };
}

describe('round robin', () => {
  test('sends every task as many, however slow it is, or whether it answers at all', () => {
    const groups = [groupOf(2, FAST), groupOf(1, SLOW), groupOf(1, undefined, 'refused')];
    expect(shareOut(groups, routing('round_robin'), 0)).toBe(0);
    expect(groups.map((group) => group.share)).toEqual([0.5, 0.25, 0.25]);
  });

  test('says how much goes to tasks that hold what they are sent, and shares out the rest among the others', () => {
    const groups = [groupOf(3, FAST), groupOf(1, undefined, 'held')];
    expect(shareOut(groups, routing('round_robin'), 0)).toBe(0.25);
    expect(groups.map((group) => group.share)).toEqual([1, 1]);
  });
});

describe('least outstanding requests', () => {
  test('send a task half as fast half as much', () => {
    const groups = [groupOf(1, FAST), groupOf(1, SLOW)];
    shareOut(groups, routing('least_outstanding_requests'), 0.5);
    expect(groups[0]!.share / groups[1]!.share).toBeCloseTo(2, 6);
  });

  test.each([
    [0, 1 / 4],
    [0.5, 1 / 2.5],
    [1, 1 / 1.01],
  ])('send a task that refuses at once what finds no idle one: of three that are %d busy, it takes %d', (busy, share) => {
    const groups = [groupOf(3, FAST), groupOf(1, undefined, 'refused')];
    shareOut(groups, routing('least_outstanding_requests'), busy);
    expect(groups[1]!.share).toBeCloseTo(share, 6);
  });
});

describe('weighted random', () => {
  test.each([
    [true, 3, 0.1 / 3.1],
    [false, 3, 1 / 4],
    [true, 1, 1 / 2],
  ])('with mitigation %s sends a task that fails among %d others %d of all', (mitigates, others, share) => {
    const groups = [groupOf(others, FAST), groupOf(1, undefined, 'refused')];
    shareOut(groups, routing('weighted_random', mitigates), 0);
    expect(groups[1]!.share).toBeCloseTo(share, 9);
  });
});
