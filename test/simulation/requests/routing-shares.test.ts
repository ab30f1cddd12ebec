import { describe, expect, test } from 'vitest';
import type { Routing, RoutingAlgorithm } from '../../../src/plan/routing';
import { queueingModelOf } from '../../../src/simulation/queueing/queueing-model';
import { assignShares } from '../../../src/simulation/requests/routing-shares';
import type { TaskGroup } from '../../../src/simulation/requests/task-group';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { groupOf } from './task-groups';

const FAST = queueingModelOf({ ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0 }, 0.25);
const SLOW = queueingModelOf({ ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0, cpuSecondsPerRequest: 0.000_239 }, 0.25);

function routing(algorithm: RoutingAlgorithm, enableAnomalyMitigation = false) {
  return { algorithm, slowStartSeconds: 0, enableAnomalyMitigation };
}

/** Assigns the shares of groups; returns the share of all requests that are held. */
function assign(groups: readonly TaskGroup[], rules: Routing, utilization: number): number {
  return assignShares(
    groups,
    groups.map(({ treatment }) => treatment),
    rules,
    utilization,
  );
}

describe('round robin', () => {
  test('sends every task the same number of requests, also where it is slow or does not respond', () => {
    const groups = [groupOf(2, FAST), groupOf(1, SLOW), groupOf(1, undefined, 'refused')];
    expect(assign(groups, routing('round_robin'), 0)).toBe(0);
    expect(groups.map((group) => group.shareOfGroup)).toEqual([0.5, 0.25, 0.25]);
  });

  test('returns the share of tasks that hold requests, and distributes the rest among the others', () => {
    const groups = [groupOf(3, FAST), groupOf(1, undefined, 'held')];
    expect(assign(groups, routing('round_robin'), 0)).toBe(0.25);
    expect(groups.map((group) => group.shareOfGroup)).toEqual([1, 1]);
  });
});

describe('least outstanding requests', () => {
  test('send a task half as fast half as much', () => {
    const groups = [groupOf(1, FAST), groupOf(1, SLOW)];
    assign(groups, routing('least_outstanding_requests'), 0.5);
    expect(groups[0]!.shareOfGroup / groups[1]!.shareOfGroup).toBeCloseTo(2, 6);
  });

  test.each([
    [0, 1 / 4],
    [0.5, 1 / 2.5],
    [1, 1 / 1.01],
  ])('send a task that refuses connections each request that finds no idle one: of three that are %d busy, it gets %d', (busy, share) => {
    const groups = [groupOf(3, FAST), groupOf(1, undefined, 'refused')];
    assign(groups, routing('least_outstanding_requests'), busy);
    expect(groups[1]!.shareOfGroup).toBeCloseTo(share, 6);
  });
});

describe('weighted random', () => {
  test.each([
    [true, 3, 0.1 / 3.1],
    [false, 3, 1 / 4],
    [true, 1, 1 / 2],
  ])('with mitigation %s sends a task that fails, among %d others, %d of the requests', (mitigates, others, share) => {
    const groups = [groupOf(others, FAST), groupOf(1, undefined, 'refused')];
    assign(groups, routing('weighted_random', mitigates), 0);
    expect(groups[1]!.shareOfGroup).toBeCloseTo(share, 9);
  });
});
