import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Plan, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { Shop } from './shop';
import { ShopBefore } from './shop-before';

const before = new ShopBefore(new App(), 'Shop');
const after = new Shop(new App(), 'Shop');

/** What serves: under another logical id, or with another create-only property, it would be replaced. */
const KEPT = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name', 'Scheme', 'Type'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'Port'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Port', 'Protocol', 'TargetType', 'VpcId'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'VpcId'],
  'AWS::ECS::Service': ['Cluster', 'DeploymentController', 'LaunchType', 'ServiceName'],
  'AWS::ApplicationAutoScaling::ScalableTarget': ['ResourceId'],
};

/** The logical ids of a type, with the properties that must not change. */
function kept(stack: Shop | ShopBefore, type: string, properties: readonly string[]): Record<string, unknown> {
  const resources = Object.entries(Template.fromStack(stack).findResources(type));
  return Object.fromEntries(resources.map(([id, { Properties }]) => [id, properties.map((name) => Properties[name])]));
}

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(4), baseLatency: Duration.millis(15) });
const rush = Traffic.requestsPerSecond(100, Duration.minutes(10))
  .followedBy(Traffic.rampRequestsPerSecond(600, Duration.minutes(10)))
  .hold(Duration.minutes(20));

describe('the shop, moved from the pattern of the CDK', () => {
  test.each(Object.entries(KEPT))('keeps each %s', (type, properties) => {
    expect(kept(after, type, properties)).toEqual(kept(before, type, properties));
  });

  test('serves a rush in which one request in thirty fails today', async () => {
    const today = Plan.ofStack(before).forecast({ workload, traffic: rush, seeds: 20 });
    const moved = after.web.forecast({ workload, traffic: rush, seeds: 20 });
    expect(today.band.failedRequests.median).toBeGreaterThan(today.totals.requests / 30);
    expect(moved.band.failedRequests.high).toBeLessThan(moved.totals.requests / 1000);
    await expect(moved.toSvg('A rush on the shop, after the move')).toMatchFileSnapshot('forecast.svg');
  });
});
