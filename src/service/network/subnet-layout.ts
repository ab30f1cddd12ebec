import { DEFAULTS } from '../../plan/default-plan';

/** The part of a VPC that each of its subnets gets. */
export interface SubnetLayout {
  /** The prefix length of each subnet. */
  readonly cidrMask: number;

  /** The number of zones for which each type of subnet has a range, whether it has subnets in them or not. */
  readonly zones: number;
}

/** The most zones of a region that a VPC is spread over. */
export const MAX_ZONES = 6;

/** An Application Load Balancer needs at least a /27 in each zone (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html). */
const SMALLEST_SUBNET = 27;

const SUBNET_TYPES = 2;

/**
 * The layout of a VPC. It depends on nothing but the size of the VPC.
 *
 * Ranges for zones and subnets that may come later are reserved: another number of zones, or another type of network, then leaves the ranges of
 * the subnets that exist as they are. CloudFormation creates new subnets while the old ones still exist, and their ranges must not overlap.
 */
export function subnetLayoutOf(vpcCidr: string = DEFAULTS.vpcCidr): SubnetLayout {
  const vpcMask = Number(vpcCidr.split('/')[1]);
  // sixteen subnets, or as many as a load balancer can be in, and never fewer than four.
  const cidrMask = Math.max(vpcMask + 2, Math.min(vpcMask + 4, SMALLEST_SUBNET));
  const subnets = 2 ** (cidrMask - vpcMask);
  return { cidrMask, zones: Math.min(MAX_ZONES, subnets / SUBNET_TYPES) };
}
