import { expect, test } from 'vitest';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import {
  AWS_BEHAVIOR_ALTERNATIVES,
  behaviorVariants,
  CAUTIOUS_AWS_BEHAVIOR,
  INSTANCE_BEHAVIOR_ALTERNATIVES,
} from '../../src/scaling/behavior-alternatives';

test.each(Object.entries(AWS_BEHAVIOR_ALTERNATIVES))('the range of %s holds the default and something else', (setting, values) => {
  expect(values).toContainEqual(AWS_BEHAVIOR[setting as keyof typeof AWS_BEHAVIOR_ALTERNATIVES]);
  expect(values.length).toBeGreaterThan(1);
});

test('each variant differs in its one setting', () => {
  const variants = behaviorVariants(AWS_BEHAVIOR);
  expect(new Set(variants.map(({ setting }) => setting))).toEqual(new Set(Object.keys(AWS_BEHAVIOR_ALTERNATIVES)));
  for (const { setting, behavior } of variants) {
    const changed = Object.keys(behavior).filter(
      (name) => behavior[name as keyof typeof behavior] !== AWS_BEHAVIOR[name as keyof typeof behavior],
    );
    expect(changed).toEqual([setting]);
  }
});

test('instances have ranges of their own, which no service on Fargate depends on', () => {
  const ofGroups = behaviorVariants(AWS_BEHAVIOR, 'ec2').map(({ setting }) => setting);
  for (const [name, values] of Object.entries(INSTANCE_BEHAVIOR_ALTERNATIVES)) {
    const setting = name as keyof typeof INSTANCE_BEHAVIOR_ALTERNATIVES;
    expect(values).toContainEqual(AWS_BEHAVIOR[setting]);
    expect(values).toContainEqual(CAUTIOUS_AWS_BEHAVIOR[setting]);
    expect(ofGroups).toContain(setting);
  }
  expect(behaviorVariants(AWS_BEHAVIOR).some(({ setting }) => setting in INSTANCE_BEHAVIOR_ALTERNATIVES)).toBe(false);
});
