import { Token } from 'aws-cdk-lib';
import { type ISubnet, type IVpc, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';

/** Where the load balancer and the tasks stand. */
export interface Network {
  readonly vpc: IVpc;
  readonly taskSubnets: SubnetSelection;
  readonly taskSecurityGroup: SecurityGroup;

  /** What must be there before a task can start. */
  readonly waysOut: readonly IDependable[];

  /** Whether tasks can pull an image from ECR only. */
  readonly isClosed: boolean;
}

/** The network that the caller has. Tasks in it may call anything, as they may have to. */
export function existingNetwork(scope: Construct, vpc: IVpc): Network {
  const taskSubnets = { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets };
  return {
    vpc,
    taskSubnets,
    taskSecurityGroup: new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: 'Tasks: in from the load balancer' }),
    waysOut: [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished],
    isClosed: false,
  };
}

/** Returns one sentence for each thing that the caller's network lacks. */
export function networkMistakes({ vpc, cluster }: ScalableStatelessServiceProps): string[] {
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
