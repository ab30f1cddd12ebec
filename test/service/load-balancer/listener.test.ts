import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IpProtocol, Peer, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS, idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const WORLD = '0.0.0.0/0';

const withCertificate = (stack: Stack) => ({
  certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
});

const importedVpc = (stack: Stack, id: string, vpcCidrBlock?: string) =>
  Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-1',
    vpcCidrBlock,
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['s-1', 's-2'],
    privateSubnetIds: ['s-3', 's-4'],
  });

/** The ingress rules within the security group of the load balancer: source and port. */
function ingressOfGroup(template: Template): unknown[] {
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

describe.each(FLAG_SETS)('ingress from any address is a resource of its own, %s', (_, flags) => {
  test('to the port for HTTP where there is no certificate', () => {
    const { template } = synthesize({}, flags);
    expect(openToTheWorld(template)).toEqual({ SearchLoadBalancerOpenToTheWorldOnPort80: 80 });
    expect(ingressOfGroup(template)).toEqual([]);
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
  test('is the peers of the props, and not any address', () => {
    const { template } = synthesize({ allowFrom: [Peer.ipv4('203.0.113.0/24'), Peer.ipv4('198.51.100.0/24')] });
    expect(ingressOfGroup(template)).toEqual([
      ['203.0.113.0/24', 80],
      ['198.51.100.0/24', 80],
    ]);
    expect(openToTheWorld(template)).toEqual({});
  });

  test('may be said to be the world, twice even', () => {
    const { template } = synthesize({ allowFrom: [Peer.anyIpv4(), Peer.ipv4(WORLD), Peer.ipv4('10.0.0.0/8')] });
    expect(Object.values(openToTheWorld(template))).toEqual([80]);
    expect(ingressOfGroup(template)).toEqual([['10.0.0.0/8', 80]]);
  });

  test('is whoever is in the VPC, where the load balancer is internal', () => {
    const { template } = synthesize({ internetFacing: false });
    expect(ingressOfGroup(template)).toEqual([['10.0.0.0/16', 80]]);
    expect(openToTheWorld(template)).toEqual({});
  });

  test('is whoever is in the VPC over IPv6 too, where an internal load balancer is dual stack', () => {
    const { template } = synthesize({ internetFacing: false, ipAddressType: IpAddressType.DUAL_STACK });
    const vpc = idOf(template, 'AWS::EC2::VPC');
    expect(propertiesOf(template, GROUP, 'LoadBalancer')['SecurityGroupIngress']).toMatchObject([
      { CidrIp: '10.0.0.0/16', FromPort: 80 },
      { CidrIpv6: { 'Fn::Select': [0, { 'Fn::GetAtt': [vpc, 'Ipv6CidrBlocks'] }] }, FromPort: 80 },
    ]);
    const [group] = Object.values(template.findResources(GROUP)).filter(({ Properties }) => Properties.SecurityGroupIngress?.length === 2);
    expect(group!['DependsOn']).toContain(idOf(template, 'AWS::EC2::VPCCidrBlock'));
  });

  test('is named for both families where an internal load balancer is dual stack', () => {
    const allowFrom = [Peer.ipv4('10.0.0.0/8'), Peer.ipv6('fd00::/8')];
    const { template } = synthesize({ internetFacing: false, ipAddressType: IpAddressType.DUAL_STACK, allowFrom });
    expect(propertiesOf(template, GROUP, 'LoadBalancer')['SecurityGroupIngress']).toMatchObject([
      { CidrIp: '10.0.0.0/8' },
      { CidrIpv6: 'fd00::/8' },
    ]);
  });

  test('is the ranges of the VPC of an existing internal load balancer, as the app knows them', () => {
    const rulesIn = (props: (stack: Stack) => ScalableStatelessServiceProps) =>
      propertiesOf(synthesize(props).template, GROUP, 'Shared')['SecurityGroupIngress'];
    const dualStack = rulesIn((stack) => {
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2, ipProtocol: IpProtocol.DUAL_STACK });
      const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc, ipAddressType: IpAddressType.DUAL_STACK });
      return { loadBalancer };
    });
    expect(dualStack).toMatchObject([{ CidrIp: '10.0.0.0/16' }, { CidrIpv6: { 'Fn::Select': expect.anything() } }]);
    const knownElsewhere = rulesIn((stack) => {
      const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc: importedVpc(stack, 'Balancer') });
      return { loadBalancer, vpc: importedVpc(stack, 'Own', '10.9.0.0/16') };
    });
    expect(knownElsewhere).toMatchObject([{ CidrIp: '10.9.0.0/16' }]);
  });

  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string]>([
    [
      'an existing load balancer',
      (stack) => ({ loadBalancer: new ApplicationLoadBalancer(stack, 'Shared', { vpc: importedVpc(stack, 'Net') }) }),
      'an internal load balancer in a VPC without a known CIDR block',
    ],
    [
      'a dual-stack load balancer',
      (stack) => ({
        internetFacing: false,
        ipAddressType: IpAddressType.DUAL_STACK,
        vpc: importedVpc(stack, 'Net', '10.9.0.0/16'),
      }),
      'an internal dual-stack load balancer in a VPC without a known IPv6 CIDR block',
    ],
    [
      'an existing dual-stack load balancer',
      (stack) => {
        const vpc = importedVpc(stack, 'Net', '10.9.0.0/16');
        return { loadBalancer: new ApplicationLoadBalancer(stack, 'Shared', { vpc, ipAddressType: IpAddressType.DUAL_STACK }) };
      },
      'an internal dual-stack load balancer in a VPC without a known IPv6 CIDR block',
    ],
  ])('must be said of %s whose ranges are not known', (_, props, what) => {
    expect(refusals(props)).toEqual([`allowFrom must be given for ${what}, got none`]);
    const allowFrom = [Peer.ipv4('10.0.0.0/8'), Peer.ipv6('fd00::/8')];
    expect(refusals((stack) => ({ ...props(stack), allowFrom }))).toEqual([]);
  });

  test('is left to a security group of the caller, but for those that are named beside it', () => {
    const mine = (stack: Stack) => {
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
      return { vpc, loadBalancerSecurityGroup: new SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false }) };
    };
    const left = synthesize(mine);
    expect(propertiesOf(left.template, GROUP, 'Mine')).not.toHaveProperty('SecurityGroupIngress');
    expect(left.template.findResources(INGRESS, { Properties: { CidrIp: WORLD } })).toEqual({});
    const named = synthesize((stack) => ({ ...mine(stack), allowFrom: [Peer.anyIpv4()] }));
    expect(propertiesOf(named.template, GROUP, 'Mine')['SecurityGroupIngress']).toMatchObject([{ CidrIp: WORLD, FromPort: 80 }]);
  });
});
