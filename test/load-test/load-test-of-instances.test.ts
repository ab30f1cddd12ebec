import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { LoadTest, Network, ScalableStatelessInstances, type ScalableStatelessInstancesProps, Traffic } from '../../src';
import { newApp, WITHOUT_LOGS_AND_ENDPOINTS } from '../synthesize';

const traffic = Traffic.users(50, Duration.minutes(3));

function synthesize(props: ScalableStatelessInstancesProps) {
  const stack = new Stack(newApp(), 'Shop');
  const target = new ScalableStatelessInstances(stack, 'Search', { ...WITHOUT_LOGS_AND_ENDPOINTS, ...props });
  const load = new LoadTest(stack, 'Load', { target, traffic });
  return { stack, target, load, template: Template.fromStack(stack) };
}

describe('a load test of instances', () => {
  test('runs in their VPC, in a cluster of its own', () => {
    const { stack, target, load, template } = synthesize({ network: Network.privateWithNat() });
    expect(stack.resolve(load.cluster.vpc.vpcId)).toEqual(stack.resolve(target.vpc.vpcId));
    template.resourceCountIs('AWS::ECS::Cluster', 1);
    template.resourceCountIs('AWS::EC2::VPC', 1);
  });

  test('sends requests to the URL of their load balancer', () => {
    const { template } = synthesize({ network: Network.privateWithNat() });
    const [definition] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
    expect(JSON.stringify(definition!['Properties'].ContainerDefinitions[0].Command)).toMatch(/SearchLoadBalancer\w*","DNSName"/);
  });

  test('reaches an internal load balancer through its security group, from the subnets of the instances', () => {
    const { stack, target, load, template } = synthesize({ network: Network.privateWithNat(), internetFacing: false });
    const { awsvpcConfiguration } = load.runTaskParameters['networkConfiguration'];
    const { subnetIds } = target.vpc.selectSubnets({ subnets: target.vpc.privateSubnets });
    expect(stack.resolve(awsvpcConfiguration.subnets)).toEqual(stack.resolve(subnetIds));
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(({ Properties }) => Properties);
    expect(rules).toContainEqual(expect.objectContaining({ Description: expect.stringMatching(/To port 80 of the load balancer/) }));
  });
});
