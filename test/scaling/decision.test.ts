import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AWS_BEHAVIOR, lowThresholdShareOf } from '../../src/scaling/aws-behavior';
import {
  type Capacity,
  decideScaleIn,
  decideScaleOut,
  limitScaleOut,
  lowThreshold,
  proportionalCapacity,
} from '../../src/scaling/decision';

function capacity(base: number, desired: number, min: number, max: number): Capacity {
  return { baseCapacity: base, desiredCount: desired, min, max };
}

test.each([
  [2, 85.9, 70, 3],
  [2, 70, 70, 2],
  [3, 70.1, 70, 4],
  [2, 11_250, 50, 450],
  [4, 10, 60, 1],
  [10, 0, 60, 0],
  [3, 33.333333333333336, 33.333333333333336, 3],
])('%d tasks at %d for a target of %d want %d', (base, value, targetValue, wanted) => {
  expect(proportionalCapacity(base, { value, targetValue })).toBe(wanted);
});

test.each<['ecs' | 'ec2', number, number]>([
  ['ecs', 70, 63],
  ['ecs', 80, 72],
  ['ecs', 30, 27],
  ['ecs', 1500, 1350],
  ['ec2', 50, 35],
  ['ec2', 40, 28],
  ['ec2', 30, 21],
])('on %s a target of %d has a low threshold of %d', (platform, targetValue, low) => {
  expect(lowThreshold(targetValue, lowThresholdShareOf(AWS_BEHAVIOR, platform))).toBe(low);
});

test.each([
  ['three more', 3, { toCapacity: 7, computedCapacity: 7 }],
  ['two more', 2, { notScaled: 'AlreadyAtDesiredCapacity', computedCapacity: 6 }],
])('after two more than 4, %s in the cooldown count from 4', (_, more, decision) => {
  expect(limitScaleOut(capacity(4, 6, 1, 20), 4 + more)).toEqual(decision);
});

describe('a high alarm', () => {
  test.each([
    ['goes in proportion', capacity(2, 2, 2, 6), 85.9, { toCapacity: 3, computedCapacity: 3 }],
    ['stops at the maximum', capacity(2, 2, 2, 4), 700, { toCapacity: 4, computedCapacity: 20 }],
    ['first goes to the minimum', capacity(1, 1, 2, 6), 700, { toCapacity: 2, computedCapacity: 10 }],
    ['does nothing at the maximum', capacity(4, 4, 2, 4), 90, { notScaled: 'AlreadyAtMaxCapacity', computedCapacity: 6 }],
    ['leaves a count above the maximum alone', capacity(12, 12, 2, 10), 90, { notScaled: 'AlreadyAtMaxCapacity', computedCapacity: 16 }],
    [
      'does nothing when a step was already as large',
      capacity(2, 3, 2, 6),
      85.9,
      { notScaled: 'AlreadyAtDesiredCapacity', computedCapacity: 3 },
    ],
    ['adds one to none at all', capacity(1, 0, 0, 6), 700, { toCapacity: 1, computedCapacity: 1 }],
    // +2 from 4, and in its cooldown +3 from the same 4: only one more.
    ['adds only what a larger step has more', capacity(4, 6, 2, 10), 122, { toCapacity: 7, computedCapacity: 7 }],
  ])('%s', (_, from, value, decision) => {
    expect(decideScaleOut(from, proportionalCapacity(from.baseCapacity, { value, targetValue: 70 }))).toEqual(decision);
  });
});

describe('a low alarm', () => {
  test.each([
    ['takes one task at a time', capacity(6, 6, 2, 6), 5, { toCapacity: 5, computedCapacity: 1 }],
    ['takes one task only while another is missing', capacity(2, 4, 2, 6), 5, { toCapacity: 3, computedCapacity: 1 }],
    ['stops at the minimum', capacity(2, 2, 2, 6), 5, { notScaled: 'AlreadyAtMinCapacity', computedCapacity: 1 }],
    ['leaves a count below the minimum alone', capacity(1, 1, 2, 6), 5, { notScaled: 'AlreadyAtMinCapacity', computedCapacity: 1 }],
    ['brings a count above the maximum back', capacity(12, 12, 2, 10), 5, { toCapacity: 10, computedCapacity: 1 }],
    [
      'holds back where the rest would be over the target',
      capacity(3, 3, 2, 6),
      57,
      { notScaled: 'AutoScalingAnticipatedFlapping', computedCapacity: 3 },
    ],
  ])('%s', (_, from, value, decision) => {
    expect(decideScaleIn(from, [{ value, targetValue: 70 }], 'one-task')).toEqual(decision);
  });

  test('goes straight to the computed count where AWS would', () => {
    const decision = decideScaleIn(capacity(6, 6, 2, 6), [{ value: 20, targetValue: 70 }], 'proportional');
    expect(decision).toEqual({ toCapacity: 2, computedCapacity: 2 });
  });

  test('follows the policy that needs most tasks', () => {
    const signals = [
      { value: 10, targetValue: 70 },
      { value: 60, targetValue: 70 },
    ];
    expect(decideScaleIn(capacity(4, 4, 2, 6), signals, 'proportional')).toEqual({
      notScaled: 'AutoScalingAnticipatedFlapping',
      computedCapacity: 4,
    });
  });
});

test('no decision leaves the bounds, and none moves against its alarm', () => {
  const counts = fc.record({
    base: fc.integer({ min: 1, max: 50 }),
    extra: fc.nat(30),
    min: fc.integer({ min: 1, max: 20 }),
    spare: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1000, noNaN: true }), ({ base, extra, min, spare }, value) => {
      const from = capacity(base, min + Math.min(extra, spare), min, min + spare);
      const signal = { value, targetValue: 60 };
      const out = decideScaleOut(from, proportionalCapacity(from.baseCapacity, signal));
      const scaleIn = decideScaleIn(from, [signal], 'one-task');
      if ('toCapacity' in out) expect(out.toCapacity).toSatisfy((to: number) => to > from.desiredCount && to <= from.max);
      if ('toCapacity' in scaleIn) expect(scaleIn.toCapacity).toSatisfy((to: number) => to === from.desiredCount - 1 && to >= from.min);
    }),
  );
});
