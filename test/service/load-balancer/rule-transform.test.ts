import type { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { expect, test } from 'vitest';
import { RegexCondition, RuleTransform, type ScalableStatelessServiceProps } from '../../../src';
import { propertiesOf, refusals, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

const shared = (stack: Stack): ScalableStatelessServiceProps => {
  const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc });
  const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
  return { image: IMAGE, vpc, listener, priority: 7, conditions: [RegexCondition.path(['^/v[0-9]+/cart'])] };
};

test('a rule matches regular expressions and rewrites what it forwards', () => {
  const { template } = synthesize((stack) => ({
    ...shared(stack),
    conditions: [
      RegexCondition.path(['^/v[0-9]+/cart']),
      RegexCondition.hostHeader(['^shop']),
      RegexCondition.httpHeader('User-Agent', ['curl/.*']),
    ],
    transforms: [RuleTransform.urlRewrite('^/v[0-9]+/(.*)$', '/$1'), RuleTransform.hostHeaderRewrite('^shop', 'cart')],
  }));
  expect(propertiesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toMatchObject({
    Conditions: [
      { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/v[0-9]+/cart'] } },
      { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^shop'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'User-Agent', RegexValues: ['curl/.*'] } },
    ],
    Transforms: [
      { Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/v[0-9]+/(.*)$', Replace: '/$1' }] } },
      { Type: 'host-header-rewrite', HostHeaderRewriteConfig: { Rewrites: [{ Regex: '^shop', Replace: 'cart' }] } },
    ],
  });
});

test('a rule has none by default', () => {
  expect(propertiesOf(synthesize(shared).template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).not.toHaveProperty('Transforms');
});

test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string]>([
  [
    'two of one type',
    (stack) => ({ ...shared(stack), transforms: [RuleTransform.urlRewrite('a', 'b'), RuleTransform.urlRewrite('c', 'd')] }),
    'transforms must have at most one of each type, got url-rewrite, url-rewrite',
  ],
  [
    'transforms without a rule',
    () => ({ image: IMAGE, transforms: [RuleTransform.urlRewrite('a', 'b')] }),
    'listener must be given beside transforms, got none',
  ],
])('%s: refused', (_, props, error) => {
  expect(refusals(props)).toEqual([error]);
});
