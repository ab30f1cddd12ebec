import { App, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { CLIMB, RUSH, ShopUnderLoad } from './shop-under-load';

const stack = new ShopUnderLoad(new App(), 'ShopUnderLoad');
const template = Template.fromStack(stack);

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1), baseLatency: Duration.millis(4) });

describe('the load tests', () => {
  test('run Locust and k6, as tasks of the cluster', () => {
    for (const Image of ['locustio/locust:2.47.0', 'grafana/k6:1.8.1'])
      template.hasResourceProperties('AWS::ECS::TaskDefinition', { ContainerDefinitions: [Match.objectLike({ Name: 'load', Image })] });
    expect(stack.rush.cluster).toBe(stack.search.cluster);
  });

  test('are of the traffic that is forecast', () => {
    expect(String(RUSH)).toBe('users 5..50 every 1s think 130ms for 9s, users 50 think 130ms for 171s');
    expect(String(CLIMB)).toBe('users 1..1000 one by one think 1s for 1m, users 1000..5000 one by one think 1s for 10m');
  });

  test('scale the service out to its maximum, and then back', async () => {
    const traffic = RUSH.followedBy(Traffic.users(0, Duration.minutes(37)));
    const outcome = stack.search.forecast({ workload, traffic, seeds: 20 });
    expect(Math.max(...outcome.timeline.map(({ desiredCount }) => desiredCount))).toBe(6);
    expect(outcome.timeline.at(-1)!.desiredCount).toBe(2);
    expect(outcome.band.failedRequests.high).toBe(0);
    await expect(outcome.toSvg('Fifty users for three minutes, and nothing after them')).toMatchFileSnapshot('forecast.svg');
  });
});
