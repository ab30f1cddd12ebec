import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { FLAG_SETS, idOf, propertiesOf, synthesize } from '../../synthesize';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const WORLD = '0.0.0.0/0';

const withCertificate = (stack: Stack) => ({
  certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
});

/** Who is let in to the load balancer by rules within its group, and to which port. */
function letInByGroup(template: Template): unknown[] {
  const { SecurityGroupIngress: rules = [] } = propertiesOf(template, GROUP, 'LoadBalancer') as { SecurityGroupIngress?: unknown[] };
  return (rules as { CidrIp: unknown; FromPort: number }[]).map(({ CidrIp, FromPort }) => [CidrIp, FromPort]);
}

/** The rules that let the world in, by their names, each with its port. */
function openToTheWorld(template: Template): Record<string, number> {
  const rules = Object.entries(template.findResources(INGRESS, { Properties: { CidrIp: WORLD } }));
  return Object.fromEntries(
    rules.map(([id, { Properties }]) => {
      expect(Properties).toMatchObject({
        GroupId: { 'Fn::GetAtt': [idOf(template, GROUP, 'LoadBalancer'), 'GroupId'] },
        IpProtocol: 'tcp',
        ToPort: Properties.FromPort,
      });
      return [id.replace(/[0-9A-F]{8}$/, ''), Properties.FromPort];
    }),
  );
}

describe.each(FLAG_SETS)('the whole world is let in by rules of their own, %s', (_, flags) => {
  test('to the port for HTTP where there is no certificate', () => {
    const { template } = synthesize({}, flags);
    expect(openToTheWorld(template)).toEqual({ SearchLoadBalancerOpenToTheWorldOnPort80: 80 });
    expect(letInByGroup(template)).toEqual([]);
  });

  test('to the ports for HTTPS and for the way there where there is one', () => {
    const { template } = synthesize(withCertificate, flags);
    expect(openToTheWorld(template)).toEqual({
      SearchLoadBalancerOpenToTheWorldOnPort443: 443,
      SearchLoadBalancerOpenToTheWorldOnPort80: 80,
    });
  });

  test('to the port for HTTPS alone where the way there is not shown', () => {
    const { template } = synthesize((stack) => ({ ...withCertificate(stack), redirectHttp: false }), flags);
    expect(Object.values(openToTheWorld(template))).toEqual([443]);
  });
});

describe('who may connect', () => {
  test('is whom the props name, and the world no more', () => {
    const { template } = synthesize({ allowedFrom: [Peer.ipv4('203.0.113.0/24'), Peer.ipv4('198.51.100.0/24')] });
    expect(letInByGroup(template)).toEqual([
      ['203.0.113.0/24', 80],
      ['198.51.100.0/24', 80],
    ]);
    expect(openToTheWorld(template)).toEqual({});
  });

  test('may be said to be the world, twice even', () => {
    const { template } = synthesize({ allowedFrom: [Peer.anyIpv4(), Peer.ipv4(WORLD), Peer.ipv4('10.0.0.0/8')] });
    expect(Object.values(openToTheWorld(template))).toEqual([80]);
    expect(letInByGroup(template)).toEqual([['10.0.0.0/8', 80]]);
  });

  test('is whoever is in the VPC, where the load balancer is internal', () => {
    const { template } = synthesize({ internetFacing: false });
    expect(letInByGroup(template)).toEqual([[{ 'Fn::GetAtt': [idOf(template, 'AWS::EC2::VPC'), 'CidrBlock'] }, 80]]);
    expect(openToTheWorld(template)).toEqual({});
  });

  test('is left to a security group of the caller, but for those that are named beside it', () => {
    const mine = (stack: Stack) => {
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
      return { vpc, loadBalancerSecurityGroup: new SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false }) };
    };
    const left = synthesize(mine);
    expect(propertiesOf(left.template, GROUP, 'Mine')).not.toHaveProperty('SecurityGroupIngress');
    expect(left.template.findResources(INGRESS, { Properties: { CidrIp: WORLD } })).toEqual({});
    const named = synthesize((stack) => ({ ...mine(stack), allowedFrom: [Peer.anyIpv4()] }));
    expect(propertiesOf(named.template, GROUP, 'Mine')['SecurityGroupIngress']).toMatchObject([{ CidrIp: WORLD, FromPort: 80 }]);
  });
});
