import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, WebAcl } from '../../../src';
import { newApp } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const ENV = { env: { account: '123456789012', region: 'eu-west-1' } };

/** The names of the metrics of a managed web ACL. */
function metricNames(scopeOf: (stack: Stack) => Construct, id = 'Search', ruleGroups?: string[]): string[] {
  const scope = scopeOf(new Stack(newApp(), 'Shop', ENV));
  new ScalableStatelessService(scope, id, { image: IMAGE, webAcl: WebAcl.managed({ ruleGroups }) });
  const [webAcl] = Object.values(Template.fromStack(Stack.of(scope)).findResources('AWS::WAFv2::WebACL'));
  return JSON.stringify(webAcl)
    .match(/(?<="MetricName":)("[^"]*"|\{)/g)!
    .map((name) => name.replaceAll('"', ''));
}

const within = (depth: number) => (stack: Stack) => {
  let scope: Construct = stack;
  for (let level = 0; level < depth; level += 1) scope = new Construct(scope, `Level of some length ${level}`);
  return scope;
};

describe('the names of the metrics of a web ACL', () => {
  test.each<[string, (stack: Stack) => Construct, string | undefined]>([
    ['in a stack', (stack) => stack, undefined],
    ['in a construct', within(1), undefined],
    ['in many constructs', within(12), undefined],
    ['of a service with a long id', (stack) => stack, 'a'.repeat(200)],
    ['in a nested stack', (stack) => new NestedStack(stack, 'Nested'), undefined],
    [
      'in a nested stack of a nested stack',
      (stack) => new NestedStack(new NestedStack(stack, 'Nested'.repeat(20)), 'Inner'),
      'b'.repeat(90),
    ],
  ])('are known, valid, and have at most 128 characters: %s', (_, scopeOf, id) => {
    const names = metricNames(scopeOf, id);
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
    for (const name of names) expect(name).toMatch(/^[\w-]{1,128}$/);
  });

  test('differ between two services of one id in a stack', () => {
    const stack = new Stack(newApp(), 'Shop', ENV);
    for (const parent of ['First', 'Second'].flatMap((id) => [id, id.repeat(30)])) {
      new ScalableStatelessService(new Construct(stack, parent), 'Web', { image: IMAGE, webAcl: WebAcl.managed(), vpcCidr: '10.0.0.0/16' });
    }
    const acls = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));
    expect(new Set(acls.map(({ Properties }) => Properties.VisibilityConfig.MetricName)).size).toBe(4);
  });

  test('name the stack, the service and the rule', () => {
    expect(metricNames((stack) => stack)).toContain('Shop-Search-RateLimit');
  });
});

/** The error of a service in eu-west-1 with a web ACL. */
function errorOf(arn: string | ((stack: Stack) => string)): string | undefined {
  const stack = new Stack(newApp(), 'Shop', ENV);
  try {
    new ScalableStatelessService(stack, 'Search', { image: IMAGE, webAcl: WebAcl.fromArn(typeof arn === 'string' ? arn : arn(stack)) });
    return undefined;
  } catch (error) {
    return (error as Error).message.replace('Shop/Search: ', '');
  }
}

function createdIn(stack: Stack, scope: string): string {
  const visibilityConfig = { cloudWatchMetricsEnabled: true, metricName: 'a', sampledRequestsEnabled: true };
  return new CfnWebACL(stack, 'Acl', { scope, defaultAction: { allow: {} }, visibilityConfig }).attrArn;
}

const elsewhere = (stack: Stack): Stack =>
  new Stack(stack.node.root as Stack, 'Elsewhere', { env: { account: '123456789012', region: 'us-east-1' }, crossRegionReferences: true });

describe('a web ACL of the caller', () => {
  test.each<[string, string | ((stack: Stack) => string), string]>([
    [
      'of CloudFront',
      'arn:aws:wafv2:us-east-1:123456789012:global/webacl/mine/1',
      'webAcl must have the scope REGIONAL, as CLOUDFRONT is for distributions only, got one of CLOUDFRONT',
    ],
    [
      'of CloudFront, of this app',
      (stack) => createdIn(stack, 'CLOUDFRONT'),
      'webAcl must have the scope REGIONAL, as CLOUDFRONT is for distributions only, got one of CLOUDFRONT',
    ],
    [
      'of CloudFront, in a region of a token',
      (stack) => `arn:${stack.partition}:wafv2:us-east-1:${stack.account}:global/webacl/mine/1`,
      'webAcl must have the scope REGIONAL, as CLOUDFRONT is for distributions only, got one of CLOUDFRONT',
    ],
    [
      'of another region',
      'arn:aws:wafv2:eu-west-2:123456789012:regional/webacl/mine/1',
      'webAcl must be in eu-west-1, the region of its load balancer, got one in eu-west-2',
    ],
    [
      'of another region, of this app',
      (stack) => createdIn(elsewhere(stack), 'REGIONAL'),
      'webAcl must be in eu-west-1, the region of its load balancer, got one in us-east-1',
    ],
    [
      'of another account',
      'arn:aws:wafv2:eu-west-1:999999999999:regional/webacl/mine/1',
      'webAcl must be in account 123456789012, which is that of its load balancer, got one in 999999999999',
    ],
    [
      'by its id',
      '12345678-1234',
      "webAcl must be the ARN of an AWS WAF web ACL, such as arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/NAME/ID, got '12345678-1234'",
    ],
    [
      'of AWS WAF Classic',
      'arn:aws:waf-regional:eu-west-1:123456789012:webacl/1',
      "webAcl must be the ARN of an AWS WAF web ACL, such as arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/NAME/ID, got 'arn:aws:waf-regional:eu-west-1:123456789012:webacl/1'",
    ],
  ])('is refused: %s', (_, arn, error) => {
    expect(errorOf(arn)).toBe(error);
  });

  test('is accepted in the region and account of the load balancer, also where it is created in this app', () => {
    expect(errorOf('arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/1')).toBeUndefined();
    expect(errorOf((stack) => createdIn(stack, 'REGIONAL'))).toBeUndefined();
  });
});
