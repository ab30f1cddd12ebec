import type { Stack } from 'aws-cdk-lib';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { describe, expect, test } from 'vitest';
import { Deployment, type ScalableStatelessServiceProps, WebAcl } from '../../../src';
import { Update } from './update';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

const certificate = (stack: Stack): ICertificate =>
  Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');
const plain = () => ({});
const secured = (stack: Stack) => ({ certificate: certificate(stack) });

function portsOf(resources: Update['before']): Record<string, unknown> {
  const listeners = Object.entries(resources).filter(([, { Type }]) => Type === LISTENER);
  return Object.fromEntries(listeners.map(([id, { Properties }]) => [id, Properties!['Port']]));
}

describe('a certificate that is added later', () => {
  const update = new Update(plain, secured);
  const [http] = update.idsOf(LISTENER).kept;

  test('changes the action of the listener on port 80, and adds one on port 443', () => {
    expect(update.changesOf(LISTENER)).toEqual(['DefaultActions']);
    expect(portsOf(update.before)).toEqual({ [http!]: 80 });
    expect(Object.values(portsOf(update.after)).sort()).toEqual([443, 80]);
  });

  test('redirects clients once port 443 listens and is open', () => {
    const opened = update.idsOf('AWS::EC2::SecurityGroupIngress').added;
    expect(opened).toHaveLength(1);
    expect(update.after[http!]!.DependsOn).toEqual(expect.arrayContaining([...update.idsOf(LISTENER).added, ...opened]));
  });

  test('leaves the load balancer and the target group as they are', () => {
    expect(update.idsOf(LOAD_BALANCER)).toMatchObject({ added: [], removed: [] });
    expect(update.idsOf(TARGET_GROUP)).toMatchObject({ added: [], removed: [] });
    expect([...update.changesOf(LOAD_BALANCER), ...update.changesOf(TARGET_GROUP)]).toEqual([]);
  });

  test('can be removed again: port 80 forwards, and port 443 is removed', () => {
    const back = new Update(secured, plain);
    expect(back.idsOf(LISTENER)).toMatchObject({ kept: [http], added: [], removed: [expect.stringContaining('HttpsListener')] });
    expect(back.changesOf(LISTENER)).toEqual(['DefaultActions']);
  });
});

describe('a port of the caller', () => {
  const onPort =
    (listenerPort?: number, isSecured = false) =>
    (stack: Stack) => ({ listenerPort, ...(isSecured && secured(stack)) });

  test('has a listener of its own: the old one is removed once the new one forwards', () => {
    const { added, kept, removed } = new Update(onPort(), onPort(8080)).idsOf(LISTENER);
    expect([added.length, kept.length, removed.length]).toEqual([1, 0, 1]);
  });

  test('changes its protocol: no second listener is on it at a time', () => {
    const update = new Update(onPort(8080), onPort(8080, true));
    expect(update.idsOf(LISTENER)).toMatchObject({ kept: [expect.stringContaining('8080')], removed: [] });
    expect(update.changesOf(LISTENER)).toContain('Protocol');
  });
});

describe('what belongs to a load balancer is replaced with it', () => {
  const named = (loadBalancerName?: string) => () => ({ loadBalancerName });
  test.each<[string, () => ScalableStatelessServiceProps, () => ScalableStatelessServiceProps]>([
    ['to internal', plain, () => ({ internetFacing: false })],
    ['to internet-facing', () => ({ internetFacing: false }), plain],
    ['a name is set', plain, named('shop')],
    ['another name', named('shop'), named('store')],
    ['no name', named('shop'), plain],
    ['blue/green', () => ({ deployment: Deployment.blueGreen() }), () => ({ deployment: Deployment.blueGreen(), internetFacing: false })],
  ])('%s: the target groups have other ids', (_, before, after) => {
    const { kept, added, removed } = new Update(before, after).idsOf(TARGET_GROUP);
    expect(kept).toEqual([]);
    expect(added).toHaveLength(removed.length);
  });

  test('other settings of a load balancer leave the target group as it is', () => {
    const after = () => ({ deletionProtection: true, accessLogs: false, webAcl: WebAcl.managed() });
    expect(new Update(plain, after).idsOf(TARGET_GROUP)).toMatchObject({ added: [], removed: [] });
  });

  test('the alias record moves to the new load balancer when it has tasks', () => {
    const domain = (internetFacing: boolean) => (stack: Stack) => ({
      internetFacing,
      domainName: 'shop.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    });
    const update = new Update(domain(true), domain(false));
    const [record] = update.idsOf('AWS::Route53::RecordSet').kept;
    expect(update.after[record!]!.DependsOn).toEqual(expect.arrayContaining(update.idsOf('AWS::ECS::Service').kept));
  });
});

test('another container port leaves the target group and the listener as they are', () => {
  const update = new Update(plain, () => ({ containerPort: 3000 }));
  expect([...update.changesOf(TARGET_GROUP), ...update.changesOf(LISTENER)]).toEqual([]);
  expect(update.changesOf('AWS::ECS::Service')).toContain('LoadBalancers');
});

test('another web ACL takes the place of the first, which CloudFormation then does not disassociate', () => {
  const arn = (name: string) => () => ({ webAcl: WebAcl.fromArn(`arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/${name}/1`) });
  const update = new Update(arn('first'), arn('second'));
  const [association] = update.idsOf('AWS::WAFv2::WebACLAssociation').kept;
  expect(update.after[association!]).toMatchObject({ UpdateReplacePolicy: 'Retain' });
  expect(update.after[association!]).toHaveProperty('DeletionPolicy', 'Delete');
});

describe('another deployment strategy', () => {
  const blueGreen = () => ({ deployment: Deployment.blueGreen() });
  const update = new Update(plain, blueGreen);

  test('leaves the default action of the listener as it is: it forwards to the first group', () => {
    expect(update.changesOf(LISTENER)).toEqual([]);
    const [listener] = Object.values(update.after).filter(({ Type }) => Type === LISTENER);
    expect(listener!.Properties!['DefaultActions']).toEqual([
      { Type: 'forward', TargetGroupArn: { Ref: update.idsOf(TARGET_GROUP).kept[0] } },
    ]);
  });

  test('adds a rule for all requests, which is evaluated last', () => {
    const [rule] = update.idsOf(RULE).added;
    expect(update.after[rule!]!.Properties).toMatchObject({ Priority: 50_000 });
  });

  test('keeps the ECS service, whose controller is never named', () => {
    for (const after of [blueGreen, () => ({ circuitBreaker: false })]) {
      const change = new Update(plain, after);
      expect(change.changesOf('AWS::ECS::Service')).toContain('DeploymentConfiguration');
      for (const resources of [change.before, change.after]) expect(JSON.stringify(resources)).not.toContain('DeploymentController');
    }
  });

  test('keeps the policy on the request count under its id and name, with another metric', () => {
    const policy = 'AWS::ApplicationAutoScaling::ScalingPolicy';
    for (const change of [update, new Update(blueGreen, plain)]) {
      expect(change.idsOf(policy)).toMatchObject({ added: [], removed: [] });
      expect(change.changesOf(policy)).toEqual(['TargetTrackingScalingPolicyConfiguration']);
    }
  });
});
