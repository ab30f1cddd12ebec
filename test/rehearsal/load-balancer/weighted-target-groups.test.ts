import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { LeastOutstandingRequests, RoundRobin, SlowStart } from '../../../rehearsal/load-balancer/routing-algorithms';
import { TargetGroups } from '../../../rehearsal/load-balancer/weighted-target-groups';
import { SimulatedClock } from '../../../src/time/simulated-clock';
import { shares, targets } from './targets';

const roundRobin = (): RoundRobin => new RoundRobin(new SlowStart(new SimulatedClock(), 0));

/** The number of requests for each of some targets with the given shares of the traffic. */
function served(
  trafficShares: readonly number[],
  requests: number,
  createRouter: () => RoundRobin | LeastOutstandingRequests = roundRobin,
): number[] {
  const all = targets(trafficShares.length);
  for (const [index, share] of trafficShares.entries()) all[index]!.trafficShare = share;
  const groups = new TargetGroups(createRouter);
  groups.update(all);
  return shares(all, () => groups.next(), requests);
}

test.each([
  { trafficShares: [1, 1, 1], counts: [20, 20, 20] },
  { trafficShares: [0.05, 0.05, 0.45, 0.45], counts: [3, 3, 27, 27] },
  { trafficShares: [0.1, 0.3, 0.3, 0.3], counts: [6, 18, 18, 18] },
  { trafficShares: [0.5, 0.25, 0.25], counts: [30, 15, 15] },
])('targets with the shares $trafficShares get $counts of 60 requests', ({ trafficShares, counts }) => {
  expect(served(trafficShares, 60)).toEqual(counts);
});

test('the routing algorithm applies within a group only', () => {
  expect(served([0.05, 0.05, 0.45, 0.45], 60, () => new LeastOutstandingRequests())).toEqual([3, 3, 27, 27]);
});

test('a target is never more than two requests away from its share', () => {
  const trafficShare = integer({ min: 1, max: 20 });
  assert(
    property(array(trafficShare, { minLength: 1, maxLength: 8 }), integer({ min: 1, max: 300 }), (trafficShares, requests) => {
      const total = trafficShares.reduce((sum, share) => sum + share, 0);
      const counts = served(trafficShares, requests);
      // there is a group for each different share, and each may be one request behind.
      const max = 1 + new Set(trafficShares).size;
      return counts.every((count, index) => Math.abs(count - (requests * trafficShares[index]!) / total) <= max);
    }),
  );
});

test('a group whose share changes keeps its slow start', () => {
  const clock = new SimulatedClock();
  const groups = new TargetGroups(() => new RoundRobin(new SlowStart(clock, 100)));
  const all = targets(3);
  const [old, first, second] = all;
  for (const target of [first!, second!]) target.trafficShare = 0.1;
  groups.update([old!, first!]);
  groups.update(all);
  clock.runUntil(50);
  for (const target of [first!, second!]) target.trafficShare = 0.5;
  groups.update(all);
  expect(shares(all, () => groups.next(), 300)).toEqual([150, 100, 50]);
});

test('a client that is bound to a target of the chosen group gets that target', () => {
  const all = targets(4);
  for (const target of all.slice(0, 2)) target.trafficShare = 0.25;
  const groups = new TargetGroups(roundRobin);
  groups.update(all.slice(2));
  expect(shares(all, () => groups.next(all[3]), 8)).toEqual([0, 0, 0, 8]);
  expect(shares(all, () => groups.next(all[0]), 8)).toEqual([0, 0, 4, 4]);
  groups.update(all);
  expect(shares(all, () => groups.next(all[0]), 20)).toEqual([4, 0, 8, 8]);
});
