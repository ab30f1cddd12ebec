import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step, StepScaling } from '../../src/plan/step-scaling';
import { capacityAfterAdjustment, capacityAfterStep, roundedChange, stepFor } from '../../src/scaling/alarm-driven-policy';
import { STEPS } from './started-loop';

const PERCENT = { adjustmentType: 'PercentChangeInCapacity' } as const;

const OUT: readonly Step[] = [
  { lowerBound: 0, upperBound: 10, adjustment: 0 },
  { lowerBound: 10, upperBound: 20, adjustment: 10 },
  { lowerBound: 20, adjustment: 30 },
];
const IN: readonly Step[] = [
  { lowerBound: -10, upperBound: 0, adjustment: 0 },
  { lowerBound: -20, upperBound: -10, adjustment: -10 },
  { upperBound: -20, adjustment: -30 },
];

function policy(steps: readonly Step[], comparisonOperator: StepScaling['alarm']['comparisonOperator']): StepScaling {
  return { ...STEPS, ...PERCENT, steps, alarm: { ...STEPS.alarm, comparisonOperator, threshold: 50 } };
}

const UPWARD = policy(OUT, 'GreaterThanOrEqualToThreshold');
const DOWNWARD = policy(IN, 'LessThanOrEqualToThreshold');

// the walk of https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
describe('the example of the user guide', () => {
  test.each([
    [10, 60, UPWARD, 11],
    [11, 70, UPWARD, 14],
    [14, 40, DOWNWARD, 13],
    [13, 30, DOWNWARD, 10],
  ])('%d tasks at %d become as many as it says', (base, value, rule, tasks) => {
    expect(capacityAfterStep(base, rule, value)).toBe(tasks);
  });
});

test.each([
  [12.7, 12],
  [0.67, 1],
  [-0.58, -1],
  [-6.67, -6],
  [1, 1],
  [-1, -1],
  [0, 0],
  [2.999_999_999_999_9, 3],
])('a change of %d is rounded to %d', (change, tasks) => {
  expect(roundedChange(change)).toBe(tasks);
});

test.each([
  ['a least change', 4, { ...PERCENT, minAdjustmentMagnitude: 2 }, 25, 6],
  ['a least change inwards', 4, { ...PERCENT, minAdjustmentMagnitude: 2 }, -25, 2],
  ['a change of nothing has no least', 4, { ...PERCENT, minAdjustmentMagnitude: 2 }, 0, 4],
  ['a number of tasks', 4, { adjustmentType: 'ChangeInCapacity' }, -3, 1],
  ['an exact number', 4, { adjustmentType: 'ExactCapacity' }, 9, 9],
  ['never below nothing', 4, { adjustmentType: 'ChangeInCapacity' }, -9, 0],
] as const)('%s', (_, base, rule, adjustment, tasks) => {
  expect(capacityAfterAdjustment(base, rule, adjustment)).toBe(tasks);
});

describe('a bound', () => {
  test.each([
    [50, 0],
    [59.9, 0],
    [60, 10],
    [70, 30],
  ])('above the threshold belongs to the step that begins with it: %d', (value, adjustment) => {
    expect(stepFor(UPWARD, value)?.adjustment).toBe(adjustment);
  });

  test.each([
    [50, 0],
    [40.1, 0],
    [40, -10],
    [30, -30],
  ])('below the threshold belongs to the step that ends with it: %d', (value, adjustment) => {
    expect(stepFor(DOWNWARD, value)?.adjustment).toBe(adjustment);
  });

  test('that was written in decimals is met by a value that was', () => {
    const alarm = { ...UPWARD.alarm, threshold: 0.3 };
    const steps = [
      { lowerBound: 0, upperBound: 0.1, adjustment: 1 },
      { lowerBound: 0.1, adjustment: 2 },
    ];
    expect(stepFor({ alarm, steps }, 0.4)?.adjustment).toBe(2);
  });
});

test('the worse the metric, the more tasks', () => {
  const values = fc.double({ min: 50, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), values, values, (base, a, b) => {
      const [less, more] = [capacityAfterStep(base, UPWARD, Math.min(a, b)), capacityAfterStep(base, UPWARD, Math.max(a, b))];
      expect(less).toBeGreaterThanOrEqual(base);
      expect(more).toBeGreaterThanOrEqual(less);
    }),
  );
});
