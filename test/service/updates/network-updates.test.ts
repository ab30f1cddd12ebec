import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Network, type ScalableStatelessServiceProps } from '../../../src';
import { subnetLayoutOf } from '../../../src/service/network/subnet-layout';
import { Update } from './update';

const SUBNET = 'AWS::EC2::Subnet';
const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';
const KINDS = {
  isolated: Network.isolatedWithEndpoints(),
  nat: Network.privateWithNat(),
  oneNat: Network.privateWithNat(1),
  public: Network.public(),
};

type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];
const PAIRS = KIND_NAMES.flatMap((before) => KIND_NAMES.filter((after) => after !== before).map((after) => [before, after] as const));

const of =
  (network: Kind, maxAzs = 2) =>
  (): ScalableStatelessServiceProps => ({ network: KINDS[network], maxAzs });

function rangesOf(resources: Update['before']): [number, number][] {
  const blocks = Object.values(resources).flatMap(({ Type, Properties }) => (Type === SUBNET ? [String(Properties!['CidrBlock'])] : []));
  return blocks.map((block) => {
    const [address, mask] = block.split('/');
    const first = address!.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
    return [first, first + 2 ** (32 - Number(mask)) - 1];
  });
}

describe.each(PAIRS)('from a network with %s to one with %s subnets', (before, after) => {
  const update = new Update(of(before), of(after));

  test('subnets that stay keep their ranges and zones, and new ones overlap with none', () => {
    expect(update.changesOf(SUBNET).filter((name) => name !== 'Tags')).toEqual([]);
    const added = new Set(update.idsOf(SUBNET).added);
    const old = rangesOf(update.before);
    const others = rangesOf(Object.fromEntries(Object.entries(update.after).filter(([id]) => added.has(id))));
    expect(others.filter(([first, last]) => old.some(([from, to]) => first <= to && from <= last))).toEqual([]);
  });

  test('security groups that stay are updated, not replaced', () => {
    expect(update.changesOf(SECURITY_GROUP).filter((name) => name !== 'SecurityGroupEgress')).toEqual([]);
    expect(update.idsOf(SECURITY_GROUP).kept).toContainEqual(expect.stringContaining('TaskSecurityGroup'));
  });

  test('VPC, load balancer and target group stay', () => {
    for (const type of ['AWS::EC2::VPC', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::TargetGroup']) {
      expect(update.idsOf(type)).toMatchObject({ added: [], removed: [] });
      expect(update.changesOf(type)).toEqual([]);
    }
  });
});

test.each(KIND_NAMES)('another number of zones adds or removes %s subnets, and changes no other', (kind) => {
  for (const [before, after] of [
    [2, 3],
    [3, 2],
  ]) {
    const update = new Update(of(kind, before), of(kind, after));
    const { added, removed } = update.idsOf(SUBNET);
    expect(update.changesOf(SUBNET)).toEqual([]);
    expect([...added, ...removed]).toHaveLength(kind === 'public' ? 1 : 2);
  }
});

test('a VPC of any size has ranges for two zones or more, and a load balancer fits into each from /25 on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 26 }), (mask) => {
      const { cidrMask, zones } = subnetLayoutOf(`10.0.0.0/${mask}`);
      expect(zones).toBeGreaterThanOrEqual(2);
      expect(2 * zones * 2 ** (32 - cidrMask)).toBeLessThanOrEqual(2 ** (32 - mask));
      if (mask <= 25) expect(cidrMask).toBeLessThanOrEqual(27);
    }),
  );
});
