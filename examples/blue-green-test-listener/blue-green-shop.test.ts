import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fault, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { BlueGreenShop, TEST_PORT } from './blue-green-shop';

const stack = new BlueGreenShop(new App(), 'BlueGreenShop');
const template = Template.fromStack(stack);

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });
const traffic = Traffic.requestsPerSecond(250, Duration.minutes(45));

describe('the shop', () => {
  test('keeps the old version for ten minutes', () => {
    template.hasResourceProperties('AWS::ECS::Service', { DeploymentConfiguration: { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 10 } });
  });

  test('allows only the office to connect to the test listener', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: TEST_PORT });
    const groups = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
    const rules = groups.flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []);
    expect(rules.filter(({ FromPort }) => FromPort === TEST_PORT).map(({ CidrIp }) => CidrIp)).toEqual(['203.0.113.0/24']);
  });

  test('fails no request during a deployment, and does not scale because of it', async () => {
    const outcome = stack.shop.forecast({ workload, traffic, seeds: 20, faults: [Fault.deploy(Duration.minutes(20))] });
    expect(outcome.band.failedRequests.high).toBe(0);
    expect(outcome.timeline.at(-1)!.desiredCount).toBe(3);
    await expect(outcome.toSvg('A blue/green deployment at 20:00')).toMatchFileSnapshot('forecast.svg');
  });
});
