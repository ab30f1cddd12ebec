import { textOf } from '../template/values';
import type { ResourceChange } from './resource-changes';
import type { UpdateCheck } from './update-finding';

const SUBNET = 'AWS::EC2::Subnet';

/** The ranges of the subnets of a VPC must not overlap, and those that are removed exist until the end of the update. */
export const subnetRanges: UpdateCheck = {
  id: 'subnet-ranges',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a new subnet whose range overlaps a subnet that is deleted last',
  consequence: 'Amazon VPC rejects the subnet, and the update is rolled back',
  find: (changes) => {
    const subnets = changes.ofType(SUBNET);
    return subnets
      .filter(({ id }) => changes.isNew(id))
      .flatMap((added) => {
        const vpc = changes.physicalKey('after', added.after?.properties['VpcId']);
        const conflict = subnets.find(({ before }) => {
          return (
            before !== undefined &&
            changes.physicalKey('before', before.properties['VpcId']) === vpc &&
            overlap(rangeOf(before), rangeOf(added.after))
          );
        });
        if (conflict === undefined) return [];
        const reason = `its range ${textOf(added.after?.properties['CidrBlock'])} overlaps ${textOf(conflict.before?.properties['CidrBlock'])} of ${conflict.id}, which exists until the end of the update`;
        return [{ resource: added.id, reason, fix: 'write a range that no subnet has had, or a new VPC beside the old one' }];
      });
  },
};

interface Range {
  readonly address: number;
  /** The number of leading bits that all addresses share. */
  readonly mask: number;
}

/** The range of a subnet; undefined where only deployment knows it. */
function rangeOf(subnet: ResourceChange['before']): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(textOf(subnet?.properties['CidrBlock']) ?? '');
  if (match === null) return undefined;
  const [a, b, c, d, mask] = match.slice(1).map(Number) as [number, number, number, number, number];
  return { address: ((a * 256 + b) * 256 + c) * 256 + d, mask };
}

/** Ranges overlap if they share the bits of the larger one. */
function overlap(a: Range | undefined, b: Range | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const shift = 32 - Math.min(a.mask, b.mask);
  return a.address >>> shift === b.address >>> shift;
}
