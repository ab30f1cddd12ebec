import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, type ApplicationLoadBalancerAttributes } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { newApp } from '../../synthesize';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/1';

/** A service on a load balancer that was imported with some of its attributes. */
function create(
  attributes: Partial<ApplicationLoadBalancerAttributes>,
  props: (stack: Stack) => ScalableStatelessServiceProps = () => ({}),
): ScalableStatelessService {
  const stack = new Stack(newApp(), 'Shop');
  const vpc = new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 1 });
  const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Shared', {
    loadBalancerArn: ARN,
    securityGroupId: 'sg-1',
    vpc,
    ...attributes,
  });
  return new ScalableStatelessService(stack, 'Search', { loadBalancer, ...props(stack) });
}

const named = (stack: Stack): ScalableStatelessServiceProps => ({
  domainName: 'search.example.com',
  hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
});

const ADVICE = 'import it with that attribute, or with fromLookup';

test('a load balancer that was imported without a DNS name needs a domain name for the URL', () => {
  expect(() => create({})).toThrow(
    `loadBalancer must have a loadBalancerDnsName for the URL of the service: ${ADVICE}, or give domainName`,
  );
  expect(() => create({ loadBalancerDnsName: 'shared.example.com' })).not.toThrow();
});

test('a record needs the DNS name and the hosted zone of a load balancer that was imported, and both are reported', () => {
  const rule = (attribute: string): string => `loadBalancer must have a ${attribute} for the record of domainName: ${ADVICE}`;
  const [name, zone] = [rule('loadBalancerDnsName'), rule('loadBalancerCanonicalHostedZoneId')];
  expect(() => create({}, named)).toThrow(name);
  expect(() => create({}, named)).toThrow(zone);
  expect(() => create({ loadBalancerDnsName: 'shared.example.com' }, named)).toThrow(zone);
  expect(() => create({ loadBalancerDnsName: 'shared.example.com', loadBalancerCanonicalHostedZoneId: 'Z2' }, named)).not.toThrow();
});

test('a cluster that was imported by its ARN has no VPC', () => {
  const stack = new Stack(newApp(), 'Shop');
  const cluster = Cluster.fromClusterArn(stack, 'Shared', 'arn:aws:ecs:eu-west-1:123456789012:cluster/shared');
  const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
  const rule = 'cluster must have a VPC: import it with Cluster.fromClusterAttributes, which takes one, and not by its ARN';
  expect(() => new ScalableStatelessService(stack, 'Search', { cluster })).toThrow(rule);
  expect(() => new ScalableStatelessService(stack, 'Find', { cluster, vpc })).toThrow(rule);
});
