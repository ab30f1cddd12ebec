import { expect, test } from 'vitest';
import { Template } from '../../../src/plan/template/template';
import { loadBalancerOf, readIdleTimeout } from '../../../src/plan/template/template-attributes';

const TARGETS = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} };
const BALANCER = {
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }] },
};
const FORWARD = [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }];

function listener(actions: object[]) {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: actions },
  };
}

const RULE = {
  Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  Properties: { ListenerArn: { Ref: 'Listener' }, Actions: FORWARD },
};

test.each([
  ['a listener by its default action', { Listener: listener(FORWARD), Balancer: BALANCER }, '120', 0],
  ['a rule of a listener', { Listener: listener([]), Rule: RULE, Balancer: BALANCER }, '120', 1],
  ['a rule of a listener outside the template', { Rule: RULE }, undefined, 1],
  ['nothing', { Balancer: BALANCER }, undefined, 0],
])('what leads to the targets is %s', (_, resources, idleTimeout, rules) => {
  const template = Template.parse(JSON.stringify({ Resources: { Targets: TARGETS, ...resources } }), 'a template');
  const [targetGroup] = template.resourcesOfType('AWS::ElasticLoadBalancingV2::TargetGroup');
  expect(readIdleTimeout(template, targetGroup!)).toBe(idleTimeout);
  expect(loadBalancerOf(template, targetGroup!).rules).toHaveLength(rules);
});
