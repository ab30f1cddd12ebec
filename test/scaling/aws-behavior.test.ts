import { expect, test } from 'vitest';
import { AWS_BEHAVIOR, launchSpread } from '../../src/scaling/aws-behavior';

test('an instance takes longer to launch than a task', () => {
  const [task, instance] = (['ecs', 'ec2'] as const).map((platform) => launchSpread(AWS_BEHAVIOR, platform));
  expect(task).toEqual(AWS_BEHAVIOR.provisioningSeconds);
  expect(instance!.median).toBeGreaterThan(task!.median);
});
