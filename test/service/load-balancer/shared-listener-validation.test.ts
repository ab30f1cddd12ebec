import { CfnParameter, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type IApplicationListener,
  ListenerAction,
  ListenerCondition,
  type QueryStringCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import { Deployment, RegexCondition, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { newApp, refusals } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

function listenerIn(stack: Stack, port = 80): ApplicationListener {
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc: new Vpc(stack, 'Net', { maxAzs: 2 }), internetFacing: true });
  const options = { protocol: ApplicationProtocol.HTTP, defaultAction: ListenerAction.fixedResponse(404) };
  return loadBalancer.addListener('Http', { port, ...options });
}

const onPath = (path: string) => ({ image: IMAGE, conditions: [ListenerCondition.pathPatterns([path])] });

describe('a priority that another rule of the listener has', () => {
  const message = (path: string) => `priority must be one that no other rule of listener has, as ${path} does, got 10`;

  test('is refused, whoever created the other rule', () => {
    const stack = new Stack(newApp(), 'Shop');
    const listener = listenerIn(stack);
    new ScalableStatelessService(stack, 'First', { ...onPath('/a'), listener, priority: 10 });
    const create = (id: string, priority: number) => new ScalableStatelessService(stack, id, { ...onPath('/b'), listener, priority });
    expect(() => create('Second', 10)).toThrow(message('Shop/First/ListenerRule'));
    expect(() => create('Third', 11)).not.toThrow();
    listener.addAction('Own', {
      priority: 12,
      conditions: [ListenerCondition.pathPatterns(['/c'])],
      action: ListenerAction.fixedResponse(200),
    });
    expect(() => create('Fourth', 12)).toThrow('Shop/Shared/Http/OwnRule');
  });

  test('is refused in another stack, and where the listener is imported twice', () => {
    const app = newApp();
    const [first, second] = ['First', 'Second'].map((id) => new Stack(app, id, { env: { account: '123456789012', region: 'eu-west-1' } }));
    const listener = listenerIn(first!);
    new ScalableStatelessService(first!, 'Web', { ...onPath('/a'), listener, priority: 10 });
    expect(() => new ScalableStatelessService(second!, 'Web', { ...onPath('/b'), listener, priority: 10 })).toThrow(
      message('First/Web/ListenerRule'),
    );
    const imported = (id: string): ScalableStatelessServiceProps => joining(first!, id, '2');
    new ScalableStatelessService(first!, 'Third', { ...imported('A'), priority: 10 });
    expect(() => new ScalableStatelessService(first!, 'Fourth', { ...imported('B'), priority: 10 })).toThrow(
      message('First/Third/ListenerRule'),
    );
    expect(() => new ScalableStatelessService(first!, 'Fifth', { ...joining(first!, 'C', '3'), priority: 10 })).not.toThrow();
  });

  test('is refused where it is that of the rule for all requests, which a blue/green deployment has', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { listener } = new ScalableStatelessService(stack, 'First', { image: IMAGE, deployment: Deployment.blueGreen() });
    expect(() => new ScalableStatelessService(stack, 'Second', { ...onPath('/a'), listener, priority: 50_000 })).toThrow(
      'as Shop/First/ListenerRule does, got 50000',
    );
  });

  test('is an error at synthesis, where the other rule is added after the service', () => {
    const stack = new Stack(newApp(), 'Shop');
    const listener = listenerIn(stack);
    const service = new ScalableStatelessService(stack, 'First', { ...onPath('/a'), listener, priority: 10 });
    expect(service.node.validate()).toEqual([]);
    const [conditions, action] = [[ListenerCondition.pathPatterns(['/b'])], ListenerAction.fixedResponse(200)];
    new ApplicationListenerRule(stack, 'Other', { listener, priority: 10, conditions, action });
    expect(service.node.validate()).toEqual([
      'do not give Shop/Other the priority 10, which Shop/First/ListenerRule has on the same listener',
    ]);
  });

  test('is not known of a token', () => {
    const stack = new Stack(newApp(), 'Shop');
    const listener = listenerIn(stack);
    const priority = new CfnParameter(stack, 'Priority', { type: 'Number' }).valueAsNumber;
    new ScalableStatelessService(stack, 'First', { ...onPath('/a'), listener, priority: 10 });
    expect(() => new ScalableStatelessService(stack, 'Second', { ...onPath('/b'), listener, priority })).not.toThrow();
  });
});

/** The props of a service on an imported listener. */
function joining(stack: Stack, id: string, listener: string): ScalableStatelessServiceProps & { listener: IApplicationListener } {
  const arn = (kind: string, rest = '') => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${kind}/app/shared/1${rest}`;
  const securityGroup = SecurityGroup.fromSecurityGroupId(stack, `Group${id}`, 'sg-1');
  return {
    ...onPath('/c'),
    vpc: stack.node.tryFindChild('Net') as Vpc,
    listener: ApplicationListener.fromApplicationListenerAttributes(stack, `Listener${id}`, {
      listenerArn: arn('listener', `/${listener}`),
      securityGroup,
    }),
    loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, `Balancer${id}`, {
      loadBalancerArn: arn('loadbalancer'),
      loadBalancerDnsName: 'shared.example.com',
      securityGroupId: 'sg-1',
    }),
  };
}

describe('the conditions of a rule', () => {
  const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `/${index}`);
  const pairs = (count: number): QueryStringCondition[] => texts(count).map((value) => ({ key: 'a', value }));
  const refusedWith = (conditions: ListenerCondition[]) =>
    refusals((stack) => ({ image: IMAGE, listener: listenerIn(stack), priority: 1, conditions }));

  test.each<[string, ListenerCondition[], number]>([
    ['paths and hosts', [ListenerCondition.pathPatterns(texts(3)), ListenerCondition.hostHeaders(texts(3))], 6],
    ['six hosts', [ListenerCondition.hostHeaders(texts(6))], 6],
    ['regular expressions', [RegexCondition.path(texts(4)), RegexCondition.hostHeader(texts(2))], 6],
    ['headers', [RegexCondition.httpHeader('a', texts(3)), ListenerCondition.httpHeader('b', texts(4))], 7],
    ['pairs of the query', [ListenerCondition.queryStrings(pairs(3)), ListenerCondition.queryStrings(pairs(3))], 6],
    ['methods and addresses', [ListenerCondition.httpRequestMethods(texts(3)), ListenerCondition.sourceIps(texts(3))], 6],
  ])('have at most five values together: %s', (_, conditions, values) => {
    expect(refusedWith(conditions)).toEqual([
      `conditions must have at most 5 values together: use a second service, or a wildcard, got ${values}`,
    ]);
  });

  test('have five values together', () => {
    const five = [
      ListenerCondition.pathPatterns(texts(2)),
      ListenerCondition.httpHeader('a', texts(1)),
      ListenerCondition.queryStrings(pairs(2)),
    ];
    expect(refusedWith(five)).toEqual([]);
  });

  test('have one condition on a path or a host', () => {
    const two = [ListenerCondition.pathPatterns(['/a']), RegexCondition.path(['^/b']), ListenerCondition.httpHeader('a', ['b'])];
    expect(refusedWith(two)).toEqual(['conditions must have at most one condition on path-pattern, with several values, got two']);
  });
});

test.each<[number | undefined, string | undefined, string]>([
  [undefined, undefined, 'http://shared.example.com'],
  [undefined, 'a.example.com', 'https://a.example.com'],
  [80, 'a.example.com', 'http://a.example.com'],
  [443, undefined, 'https://shared.example.com'],
  [8443, undefined, 'http://shared.example.com:8443'],
  [8443, 'a.example.com', 'https://a.example.com:8443'],
])('the URL of a service on an imported listener with the port %s and the domain name %s is %s', (defaultPort, domainName, url) => {
  const stack = new Stack(newApp(), 'Shop');
  new Vpc(stack, 'Net', { maxAzs: 2 });
  const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Imported', {
    listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/1/2',
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Imports', 'sg-1'),
    defaultPort,
  });
  const service = new ScalableStatelessService(stack, 'Web', { ...joining(stack, 'A', '2'), listener, domainName, priority: 1 });
  expect(service.url).toBe(url);
});

test('the URL of a service on a shared listener has its port, also where only the deployment knows it', () => {
  const stack = new Stack(newApp(), 'Shop');
  const listener = listenerIn(stack, new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber);
  const { url } = new ScalableStatelessService(stack, 'Web', { ...onPath('/a'), listener, priority: 1 });
  expect(JSON.stringify(stack.resolve(url))).toMatch(/"http:\/\/",.*,":",\{"Ref":"Port"\}/);
});
