import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { PathA } from './path-a';

const stack = new PathA(new App(), 'PathA');

// k6: 1,000 users in a minute, 5,000 in ten, each with a second between two requests. They stay for forty minutes, and leave.
const traffic = Traffic.fromK6(readFileSync(join(__dirname, 'load.json'), 'utf8'), { sleep: Duration.seconds(1) })
  .hold(Duration.minutes(40))
  .followedBy(Traffic.users(0, Duration.minutes(29)));

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1), baseLatency: Duration.millis(30) });

describe('path A', () => {
  test('adds and removes one instance at a time, by an alarm for each direction', () => {
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      PolicyType: 'SimpleScaling',
      ScalingAdjustment: 1,
      Cooldown: '120',
    });
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', { PolicyType: 'SimpleScaling', ScalingAdjustment: -1 });
  });

  test('is too small for 5,000 users: four t2.micro run out of CPU credits', async () => {
    const outcome = stack.search.forecast({ workload, traffic, seeds: 3 });
    expect(outcome.activities.slice(0, 3).map(({ toCapacity }) => toCapacity)).toEqual([2, 3, 4]);
    const text = outcome.explain().join('\n');
    expect(text).toContain('4 t2.micro are too small');
    expect(text).toContain('the CPU credits of the t2.micro instances run out');
    await expect(outcome.toSvg('1,000 users in a minute, 5,000 in ten: four t2.micro')).toMatchFileSnapshot('forecast.svg');
  });

  test('serves 300 of them with the credits that it earns', () => {
    const few = Traffic.parse('users 0..300 think 1s for 10m, users 300 think 1s for 50m');
    const outcome = stack.search.forecast({ workload, traffic: few, seeds: 1 });
    expect(outcome.failedRequests).toBe(0);
    expect(outcome.explain().join('\n')).not.toContain('CPU credits of the');
  });
});
