import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { expect, test } from 'vitest';
import { ScalableStatelessService } from '../../../src';
import { idOf, newApp, synthesize } from '../../synthesize';

/** What the alarms of a template call the load balancer, each name once. */
function loadBalancersOf(template: Template): unknown[] {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const dimensions = alarms.flatMap(({ Dimensions = [], Metrics = [] }) => [
    ...Dimensions,
    ...Metrics.flatMap((query: { MetricStat?: { Metric: { Dimensions: unknown[] } } }) => query.MetricStat?.Metric.Dimensions ?? []),
  ]);
  const values = dimensions.filter(({ Name }) => Name === 'LoadBalancer').map(({ Value }) => JSON.stringify(Value));
  return [...new Set(values)].map((value) => JSON.parse(value));
}

test('a metric names the load balancer of its stack by the attribute', () => {
  const { template } = synthesize();
  const id = idOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(loadBalancersOf(template)).toEqual([{ 'Fn::GetAtt': [id, 'LoadBalancerFullName'] }]);
});

test('a metric names a load balancer of another stack by the listener of its own stack, which exports nothing more', () => {
  const app = newApp();
  const shared = new Stack(app, 'Shared');
  const loadBalancer = new ApplicationLoadBalancer(shared, 'LoadBalancer', { vpc: new Vpc(shared, 'Vpc') });
  const stack = new Stack(app, 'Shop');
  new ScalableStatelessService(stack, 'Search', { loadBalancer });
  const [name, ...others] = loadBalancersOf(Template.fromStack(stack));
  expect(others).toEqual([]);
  expect(JSON.stringify(name)).toContain(idOf(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::Listener'));
  expect(JSON.stringify(Template.fromStack(shared).toJSON().Outputs)).not.toContain('LoadBalancerFullName');
});
