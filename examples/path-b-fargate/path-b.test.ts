import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { PathB } from './path-b';

const stack = new PathB(new App(), 'PathB');

// k6: 1,000 users in a minute, 5,000 in ten, each with a second between two requests. They stay for forty minutes, and leave.
const traffic = Traffic.fromK6(readFileSync(join(__dirname, 'load.json'), 'utf8'), { sleep: Duration.seconds(1) })
  .hold(Duration.minutes(40))
  .followedBy(Traffic.users(0, Duration.minutes(69)));

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1), baseLatency: Duration.millis(30) });

describe('path B', () => {
  test('tracks 20 % CPU with one policy', () => {
    Template.fromStack(stack).resourcePropertiesCountIs(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      {
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 20,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        },
      },
      1,
    );
  });

  test('goes from one task to four in one step', async () => {
    const outcome = stack.search.forecast({ workload, traffic, seeds: 3 });
    const [first] = outcome.activities;
    expect([first!.fromCapacity, first!.toCapacity]).toEqual([1, 4]);
    await expect(outcome.toSvg('1,000 users in a minute, 5,000 in ten: four tasks')).toMatchFileSnapshot('forecast.svg');
  });

  test('removes a task only after 15 minutes below 18 %', () => {
    const outcome = stack.search.forecast({ workload, traffic, seeds: 1 });
    const firstRemoved = outcome.activities.find(({ fromCapacity, toCapacity }) => toCapacity < fromCapacity);
    expect(firstRemoved!.startSeconds - 51 * 60).toBeGreaterThanOrEqual(15 * 60);
  });
});
