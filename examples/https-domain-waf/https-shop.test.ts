import { App, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { HttpsShop, REQUESTS_PER_FIVE_MINUTES } from './https-shop';

const stack = new HttpsShop(new App(), 'HttpsShop', { hostedZoneId: 'Z00000000000000000000', zoneName: 'example.com' });
const template = Template.fromStack(stack);

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });

describe('the shop', () => {
  test('serves HTTPS under its domain name, and redirects HTTP to it', () => {
    const listener = 'AWS::ElasticLoadBalancingV2::Listener';
    template.hasResourceProperties(listener, { Port: 443, Protocol: 'HTTPS' });
    template.hasResourceProperties(listener, { Port: 80, DefaultActions: [Match.objectLike({ Type: 'redirect' })] });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'shop.example.com.', Type: 'A' });
  });

  test('has a web ACL that blocks an address above its limit', () => {
    const limit = { RateBasedStatement: Match.objectLike({ Limit: REQUESTS_PER_FIVE_MINUTES }) };
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([Match.objectLike({ Action: { Block: {} }, Statement: limit })]),
    });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  });

  test('serves its users while sixty addresses send as much as the web ACL allows', async () => {
    const visitors = 50;
    const scrapers = 60 * (REQUESTS_PER_FIVE_MINUTES / 300);
    const traffic = Traffic.requestsPerSecond(visitors, Duration.minutes(10))
      .followedBy(Traffic.rampRequestsPerSecond(visitors + scrapers, Duration.minutes(15)))
      .hold(Duration.minutes(20));
    const outcome = stack.shop.forecast({ workload, traffic, seeds: 20 });
    expect(outcome.band.failedRequests.high).toBe(0);
    expect(outcome.timeline.at(-1)!.cpuUtilizationPercent).toBeLessThan(70);
    await expect(outcome.toSvg('Sixty addresses at the limit of the web ACL')).toMatchFileSnapshot('forecast.svg');
  });
});
