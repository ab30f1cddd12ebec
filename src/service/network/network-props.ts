import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Network } from './network';

/**
 * Where the load balancer and the tasks stand.
 */
export interface NetworkProps {
  /**
   * The network of the load balancer and the tasks. No subnet, gateway or endpoint is added to it.
   *
   * It needs public subnets in two zones for a load balancer that faces the Internet, and subnets of the kind that `network`
   * asks for.
   *
   * @default - the VPC of the cluster; without a cluster, a new one
   */
  readonly vpc?: IVpc;

  /**
   * The cluster that the service belongs to.
   *
   * @default - a new one in the VPC
   */
  readonly cluster?: ICluster;

  /**
   * Which subnets the tasks stand in, and with it whom they can call.
   *
   * @default - in a new VPC, `Network.privateWithEndpoints()`; in one that is given, its private subnets with a way out where there
   * are any, else its isolated ones
   */
  readonly network?: Network;

  /**
   * The subnets of the tasks, out of those of the VPC.
   *
   * @default - all of the kind that `network` asks for
   */
  readonly taskSubnets?: SubnetSelection;

  /**
   * The security groups of the tasks. The load balancer is let in by rules that are added to them.
   *
   * @default - a new one: in from the load balancer only; out over HTTPS only where there are nothing but endpoints, else to anywhere
   */
  readonly taskSecurityGroups?: ISecurityGroup[];

  /**
   * The addresses of the new VPC: an IPv4 range from /16 to /26, such as `10.1.0.0/16`.
   *
   * @default "10.0.0.0/16"
   */
  readonly vpcCidr?: string;

  /**
   * How many zones the new VPC has: a whole number of at least 2.
   *
   * @default 2
   */
  readonly availabilityZones?: number;

  /**
   * Whether the connections in the new VPC are logged, for as long as `logRetention` says.
   *
   * @default true
   */
  readonly flowLogs?: boolean;
}
