import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fault, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { Orders } from './orders';

const zones = ['a', 'b', 'c'];
const privateSubnetIds = zones.map((zone) => `subnet-private-${zone}`);
const stack = new Orders(new App(), 'Orders', {
  clusterName: 'production',
  vpc: {
    vpcId: 'vpc-1',
    availabilityZones: zones.map((zone) => `eu-central-1${zone}`),
    publicSubnetIds: zones.map((zone) => `subnet-public-${zone}`),
    privateSubnetIds,
  },
});

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });

describe('the orders', () => {
  test('run in the existing subnets and cluster, and add none', () => {
    const template = Template.fromStack(stack);
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint', 'AWS::ECS::Cluster'])
      template.resourceCountIs(type, 0);
    template.hasResourceProperties('AWS::ECS::Service', {
      Cluster: 'production',
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: privateSubnetIds } },
    });
  });

  test('survive the loss of one of three availability zones', async () => {
    const faults = [Fault.loseZone({ at: Duration.minutes(15), duration: Duration.minutes(20) })];
    const traffic = Traffic.requestsPerSecond(240, Duration.minutes(50));
    const outcome = stack.orders.forecast({ workload, traffic, faults, seeds: 20 });
    expect(outcome.band.outageSeconds.high).toBe(0);
    expect(outcome.band.failedRequests.high).toBeLessThan(outcome.totals.requests / 1000);
    await expect(outcome.toSvg('One of three zones is lost at 15:00')).toMatchFileSnapshot('forecast.svg');
  });
});
