import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { Market } from './market';

const market = new Market(new App(), 'Market');

// assumed: one search in ten leads to a checkout, which costs six times as much CPU.
const searching = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });
const checkingOut = Workload.of({ cpuPerRequest: Duration.millis(9), baseLatency: Duration.millis(40) });
const rush = (from: number, to: number): Traffic =>
  Traffic.requestsPerSecond(from, Duration.minutes(10))
    .followedBy(Traffic.rampRequestsPerSecond(to, Duration.minutes(15)))
    .hold(Duration.minutes(20));

describe('the market', () => {
  test('has one load balancer, and a target group and two policies for each service', () => {
    const template = Template.fromStack(market);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 2);
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 4);
  });

  test('scales each service with its own requests alone', async () => {
    const search = market.search.forecast({ workload: searching, traffic: rush(100, 400), seeds: 20 });
    const checkout = market.checkout.forecast({ workload: checkingOut, traffic: rush(10, 40), seeds: 20 });
    expect([search.band.maxTasks.median, checkout.band.maxTasks.median]).toEqual([5, 3]);
    expect([search.band.failedRequests.high, checkout.band.failedRequests.high]).toEqual([0, 0]);
    await expect(search.toSvg('The search in a rush')).toMatchFileSnapshot('forecast.svg');
  });
});
