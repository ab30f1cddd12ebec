import { Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { Traffic } from '../../src';
import { loadTestPlanOf } from '../../src/load-test/load-test-plan';
import { newApp } from '../synthesize';

describe('a load test has a phase', () => {
  test.each([
    [
      'for each step of a ramp',
      'users 50..150 every 5m for 10m',
      [
        ['users', 50, 50, 0, 300, 0],
        ['users', 100, 100, 0, 300, 0],
      ],
    ],
    ['for many steps together, which ends at the last of them', 'users 1..201 every 1s for 200s', [['users', 1, 200, 0, 200, 0]]],
  ])('%s', (_, words, phases) => {
    const plan = loadTestPlanOf(new Stack(newApp(), 'Shop'), { url: 'https://shop.example.com', traffic: Traffic.parse(words) });
    expect(plan.phases).toEqual(phases);
  });
});
