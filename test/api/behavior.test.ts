import { expect, test } from 'vitest';
import { AwsBehavior, Prices } from '../../src';
import { US_EAST_1_PRICES } from '../../src/decide/cost/prices';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { AWS_BEHAVIOR_ALTERNATIVES } from '../../src/scaling/behavior-alternatives';

test('the typical behavior is the observed one, and JSON replaces some of it', () => {
  expect(AwsBehavior.typical()._behavior()).toEqual(AWS_BEHAVIOR);
  expect(AwsBehavior.fromJson('{}')._behavior()).toEqual(AWS_BEHAVIOR);
  expect(AwsBehavior.fromJson('{"metricDelaySeconds": {"max": 120}, "scaleOutBlocksScaleIn": true}')._behavior()).toEqual({
    ...AWS_BEHAVIOR,
    metricDelaySeconds: { min: 60, max: 120 },
    scaleOutBlocksScaleIn: true,
  });
});

test('the cautious behavior has a value of every known range, the slowest one', () => {
  const cautious = AwsBehavior.cautious()._behavior();
  for (const [setting, values] of Object.entries(AWS_BEHAVIOR_ALTERNATIVES)) {
    expect(values).toContainEqual(cautious[setting as keyof typeof AWS_BEHAVIOR_ALTERNATIVES]);
  }
  for (const setting of ['metricDelaySeconds', 'highResolutionDelaySeconds'] as const) {
    expect(cautious[setting].max).toBe(Math.max(...AWS_BEHAVIOR_ALTERNATIVES[setting].map(({ max }) => max)));
  }
  for (const setting of ['initialHealthChecks', 'unfulfilledAfterSeconds'] as const) {
    expect(cautious[setting]).toBe(Math.max(...AWS_BEHAVIOR_ALTERNATIVES[setting]));
  }
});

test('every error of the JSON of a behavior is reported at once, unknown keys with the known ones', () => {
  const wrong = {
    initialHealthChecks: 0,
    metricDelaySeconds: { min: 90, max: 30 },
    scaleInStep: 'all',
    unfulfilledAfterSeconds: -1,
    speed: 2,
  };
  expect(() => AwsBehavior.fromJson(JSON.stringify(wrong))).toThrow(
    [
      'behavior.scaleInStep must be one-task or proportional, got "all"',
      `a field of behavior must be one of scheduledActionDelaySeconds, periodSeconds, highResolutionPeriodSeconds or ${Object.keys(AWS_BEHAVIOR).length - 3} more, got 'speed'`,
      'behavior.initialHealthChecks must be a whole number of at least 1, got 0',
      'behavior.metricDelaySeconds.min must be at most its max (30), got 90',
      'behavior.unfulfilledAfterSeconds must be at least 0, got -1',
    ].join('\n'),
  );
  expect(() => AwsBehavior.fromJson('fast')).toThrow(/^behavior must be JSON such as \{"scaleInStep": "proportional"\}, got 'fast'$/);
});

test('prices are those of N. Virginia, and JSON replaces some of them', () => {
  expect(Prices.usEast1()._prices()).toEqual(US_EAST_1_PRICES);
  expect(Prices.fromJson('{"region": "eu-central-1", "vcpuHour": {"ARM64": 0.04}}')._prices()).toEqual({
    ...US_EAST_1_PRICES,
    region: 'eu-central-1',
    vcpuHour: { ...US_EAST_1_PRICES.vcpuHour, ARM64: 0.04 },
  });
});

test('every error of the JSON of prices is reported at once', () => {
  const wrong = { region: 3, natGatewayHour: -1, vcpuHour: { ARM64: 'free' }, lunch: 5 };
  expect(() => Prices.fromJson(JSON.stringify(wrong))).toThrow(
    [
      'prices.region must be a string, got 3',
      'prices.vcpuHour.ARM64 must be a number, got "free"',
      `a field of prices must be one of instanceSpotDiscountPercent, spotDiscountPercent, instanceHour, surplusVcpuHour or ${Object.keys(US_EAST_1_PRICES).length - 4} more, got 'lunch'`,
      'natGatewayHour must be a price of at least 0, got -1',
    ].join('\n'),
  );
});
