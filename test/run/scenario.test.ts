import { expect, test } from 'vitest';
import type { Scenario } from '../../src/run/scenario';
import { launchTimeSpread } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

function scenario(imageMegabytes?: number, platform: 'ecs' | 'ec2' = 'ecs'): Scenario {
  const plan = searchPlan(2, 6, [cpuTarget(60)]);
  const traffic = parseTraffic('users 1 for 1m');
  return {
    plan: { ...plan, policy: { ...plan.policy, platform } },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic,
    behavior: AWS_BEHAVIOR,
    seed: 1,
    imageMegabytes,
  };
}

test.each([
  [undefined, 23],
  [50, 23],
  [413, 56],
  [0, 18.5],
])('an image of %s MB takes %d seconds on Fargate, half of the time', (megabytes, seconds) => {
  expect(launchTimeSpread(scenario(megabytes)).median).toBeCloseTo(seconds, 1);
});

test('an instance takes as long as it boots, whatever its image', () => {
  expect(launchTimeSpread(scenario(413, 'ec2'))).toEqual(AWS_BEHAVIOR.instanceSeconds);
});
