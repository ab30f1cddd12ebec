import { Token } from 'aws-cdk-lib';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { NetworkProps } from './network-props';

/** Returns one sentence for each thing that the caller's network lacks. */
export function networkMistakes({ vpc, cluster }: NetworkProps): string[] {
  const used = vpc ?? cluster?.vpc;
  if (used === undefined) return [];
  const name = vpc === undefined ? 'the VPC of cluster' : 'vpc';
  return [
    ...(vpc !== undefined && cluster !== undefined ? differenceMistakes(vpc, cluster.vpc) : []),
    ...loadBalancerSubnetMistakes(name, used.publicSubnets),
    ...(used.privateSubnets.length + used.isolatedSubnets.length > 0 ? [] : [`${name} must have private subnets for the tasks, got none`]),
  ];
}

function differenceMistakes(vpc: IVpc, ofCluster: IVpc): string[] {
  const [given, expected] = [vpc.vpcId, ofCluster.vpcId];
  // an id that only the deployment knows may turn out to be the one that is written down.
  const isComparable = Token.isUnresolved(given) === Token.isUnresolved(expected);
  return given !== expected && isComparable ? [`vpc must be the VPC of cluster (${nameOf(ofCluster)}), got ${nameOf(vpc)}`] : [];
}

function loadBalancerSubnetMistakes(name: string, subnets: readonly ISubnet[]): string[] {
  const zones = new Set(subnets.map((subnet) => subnet.availabilityZone));
  return zones.size >= 2 ? [] : [`${name} must have public subnets in at least two zones for the load balancer, got ${zones.size}`];
}

function nameOf(vpc: IVpc): string {
  return Token.isUnresolved(vpc.vpcId) ? vpc.node.path : vpc.vpcId;
}
