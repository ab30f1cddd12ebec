import { Fn, Token } from 'aws-cdk-lib';
import { CfnVPC, CfnVPCCidrBlock, type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';

/**
 * The IPv4 range of a VPC; undefined for an imported one without it.
 *
 * It is the written range where that is known: rules that look for ranges cannot read a reference.
 */
export function ipv4RangeOf(vpc: IVpc): string | undefined {
  const resource = vpc.node.defaultChild;
  const written = CfnVPC.isCfnVPC(resource) ? resource.cidrBlock : undefined;
  if (written !== undefined && !Token.isUnresolved(written)) return written;
  try {
    return vpc.vpcCidrBlock === '' ? undefined : vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}

/** An IPv6 range of a VPC, and the resource that assigns it. */
export interface Ipv6Range {
  readonly range: string;
  readonly assignedBy: CfnVPCCidrBlock;
}

/** The IPv6 range of a VPC; undefined where this app assigns none. */
export function ipv6RangeOf(vpc: IVpc): Ipv6Range | undefined {
  if (!(vpc instanceof Vpc)) return undefined;
  const assignedBy = vpc.node.root.node
    .findAll()
    .filter((node): node is CfnVPCCidrBlock => CfnVPCCidrBlock.isCfnVPCCidrBlock(node))
    .find((block) => block.vpcId === vpc.vpcId && isIpv6(block));
  return assignedBy && { range: assignedBy.ipv6CidrBlock ?? Fn.select(0, vpc.vpcIpv6CidrBlocks), assignedBy };
}

function isIpv6(block: CfnVPCCidrBlock): boolean {
  const { amazonProvidedIpv6CidrBlock: isProvided, ipv6CidrBlock, ipv6Pool, ipv6IpamPoolId } = block;
  return [isProvided, ipv6CidrBlock, ipv6Pool, ipv6IpamPoolId].some((value) => value !== undefined && value !== false);
}
