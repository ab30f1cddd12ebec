import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { LeastOutstandingRequests } from '../../../../cli/rehearsal/load-balancer/least-outstanding-requests';
import { RoundRobin } from '../../../../cli/rehearsal/load-balancer/round-robin';
import { SlowStart } from '../../../../cli/rehearsal/load-balancer/slow-start';
import { TargetGroups } from '../../../../cli/rehearsal/load-balancer/target-groups';
import { SimulatedTime } from '../../../../src/time/simulated-time';
import { shares, targets } from './targets';

const inTurn = (): RoundRobin => new RoundRobin(new SlowStart(new SimulatedTime(), 0));

/** Targets with the given shares of the traffic, and how many of some requests each is sent. */
function served(
  trafficShares: readonly number[],
  requests: number,
  newRouter: () => RoundRobin | LeastOutstandingRequests = inTurn,
): number[] {
  const all = targets(trafficShares.length);
  for (const [place, share] of trafficShares.entries()) all[place]!.trafficShare = share;
  const groups = new TargetGroups(newRouter);
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

test('the routing decides within a group only', () => {
  expect(served([0.05, 0.05, 0.45, 0.45], 60, () => new LeastOutstandingRequests())).toEqual([3, 3, 27, 27]);
});

test('a target is never more than two requests away from its share', () => {
  const trafficShare = integer({ min: 1, max: 20 });
  assert(
    property(array(trafficShare, { minLength: 1, maxLength: 8 }), integer({ min: 1, max: 300 }), (trafficShares, requests) => {
      const total = trafficShares.reduce((sum, share) => sum + share, 0);
      const counts = served(trafficShares, requests);
      // as many groups as there are different shares, each of which may wait for its turn.
      const most = 1 + new Set(trafficShares).size;
      return counts.every((count, place) => Math.abs(count - (requests * trafficShares[place]!) / total) <= most);
    }),
  );
});

test('a group whose share changes goes on with its slow start', () => {
  const time = new SimulatedTime();
  const groups = new TargetGroups(() => new RoundRobin(new SlowStart(time, 100)));
  const all = targets(3);
  const [old, first, second] = all;
  for (const target of [first!, second!]) target.trafficShare = 0.1;
  groups.update([old!, first!]);
  groups.update(all);
  time.runUntil(50);
  for (const target of [first!, second!]) target.trafficShare = 0.5;
  groups.update(all);
  expect(shares(all, () => groups.next(), 300)).toEqual([150, 100, 50]);
});

test('a client that is bound to a target of the group whose turn it is gets that one', () => {
  const all = targets(4);
  for (const target of all.slice(0, 2)) target.trafficShare = 0.25;
  const groups = new TargetGroups(inTurn);
  groups.update(all.slice(2));
  expect(shares(all, () => groups.next(all[3]), 8)).toEqual([0, 0, 0, 8]);
  expect(shares(all, () => groups.next(all[0]), 8)).toEqual([0, 0, 4, 4]);
  groups.update(all);
  expect(shares(all, () => groups.next(all[0]), 20)).toEqual([4, 0, 8, 8]);
});
