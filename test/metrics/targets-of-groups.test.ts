import { describe, expect, test } from 'vitest';
import { type TargetsOfGroup, targetCountsOf } from '../../src/metrics/targets-of-groups';

/** A target group that gets a share of the traffic. */
function groupOf(share: number, healthy: number, registered = healthy): TargetsOfGroup {
  return { healthy, registered, shareOfTarget: share / Math.max(1, healthy) };
}

/** The sum of the requests per target of some groups, of 1,200 requests. */
function sumOf(groups: readonly { readonly share: number; readonly targets: number }[]): number {
  return groups.reduce((sum, { share, targets }) => sum + (1200 * share) / targets, 0);
}

describe('all requests divided by the targets are the sum of the requests per target of both groups', () => {
  test.each([
    { oldTargets: 4, newTargets: 4, newShare: 0.1 },
    { oldTargets: 4, newTargets: 4, newShare: 0.5 },
    { oldTargets: 3, newTargets: 5, newShare: 0.25 },
    { oldTargets: 6, newTargets: 2, newShare: 0.9 },
  ])('$oldTargets and $newTargets targets, $newShare of the traffic', ({ oldTargets, newTargets, newShare }) => {
    const { healthy } = targetCountsOf([groupOf(1 - newShare, oldTargets), groupOf(newShare, newTargets)]);
    const sum = sumOf([
      { share: 1 - newShare, targets: oldTargets },
      { share: newShare, targets: newTargets },
    ]);
    expect(1200 / healthy).toBeCloseTo(sum, 8);
  });
});

test('one group has its own targets, to the last digit', () => {
  expect(targetCountsOf([groupOf(1, 3, 7)])).toEqual({ healthy: 3, registered: 7 });
});

test('a group without a healthy target counts while the other has none either', () => {
  const failing = { healthy: 0, registered: 4, shareOfTarget: 0.1 };
  expect(targetCountsOf([failing, groupOf(0.9, 2)]).healthy).toBe(2);
  expect(targetCountsOf([failing]).healthy).toBe(4);
});

test('without any target there is nothing to divide by', () => {
  expect(targetCountsOf([])).toEqual({ healthy: 0, registered: 0 });
});
