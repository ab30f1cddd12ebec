import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';

/**
 * The subnets of the tasks, and their outbound access.
 */
export class Network {
  /**
   * Isolated subnets, without a route to the Internet.
   *
   * A new VPC gets VPC endpoints for the services that the tasks call: ECR, CloudWatch Logs, S3 and DynamoDB, and Secrets Manager, Systems
   * Manager, KMS and X-Ray where tasks call them. They admit every client in the VPC: a service that joins it uses them, and adds those that it
   * alone calls. A `vpc` of yours must have these endpoints; those that are missing are listed in a warning.
   */
  public static isolatedWithEndpoints(): Network {
    return new Network('isolated');
  }

  /**
   * Private subnets with egress: a NAT gateway routes to the Internet.
   *
   * NAT gateways are billed by the hour and by the gigabyte. With fewer gateways than zones, the loss of one zone can cut off the tasks of
   * another zone from the Internet.
   *
   * @param natGateways a whole number from 1 to the number of Availability Zones; without it, one for each zone.
   */
  public static privateWithNat(natGateways?: number): Network {
    return new Network('nat', natGateways);
  }

  /**
   * Public subnets, with a public IP address for each task.
   *
   * The cheapest outbound access. The security group of the tasks allows ingress from the load balancer only.
   */
  public static public(): Network {
    return new Network('public');
  }

  /** @internal */
  public readonly _kind: 'isolated' | 'nat' | 'public';

  /** @internal */
  public readonly _natGateways?: number;

  private constructor(kind: Network['_kind'], natGateways?: number) {
    this._kind = kind;
    this._natGateways = natGateways;
  }
}

/**
 * Properties of the subnets and the security groups of the tasks, and of a new VPC.
 *
 * @internal
 */
export interface SubnetProps {
  /**
   * The subnet type of the tasks, and their outbound access. In a VPC of this service it can be changed later: the ranges of the subnets stay.
   *
   * @default - in a new VPC, `Network.isolatedWithEndpoints()`; in an existing one its private subnets with egress, or the isolated ones
   * where there are none
   */
  readonly network?: Network;

  /**
   * The subnets of the tasks, selected from those of the VPC.
   *
   * @default - all of the type that `network` names
   */
  readonly taskSubnets?: SubnetSelection;

  /**
   * The security groups of the tasks. Ingress from the load balancer is added to them.
   *
   * @default - a new one: ingress from the load balancer; egress to any address, or over HTTPS only with
   * `Network.isolatedWithEndpoints()` in a new VPC
   */
  readonly taskSecurityGroups?: ISecurityGroup[];

  /**
   * The IPv4 CIDR block of the new VPC: from /16 to /26, such as `10.1.0.0/16`.
   *
   * Each subnet has a sixteenth of it, or a /27 where that is larger, and a quarter of a /26. Ranges for further zones and types of subnets are
   * reserved. AWS rejects a change later. In two steps: create a second service with the new range and move the clients to it, then remove the first.
   *
   * @default "10.0.0.0/16"
   */
  readonly vpcCidr?: string;

  /**
   * The number of Availability Zones of the new VPC: a whole number from 2 to 6; at most 4 in a /24, and 2 in a smaller one. It must be known
   * at synthesis. A stack without account and region gets two.
   *
   * It can be changed later.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * Whether the new VPC has flow logs. They are retained for `logRetention`.
   *
   * @default true
   */
  readonly flowLogs?: boolean;
}

/**
 * Properties of the network of a service.
 *
 * @internal
 */
export interface NetworkProps extends SubnetProps {
  /**
   * The VPC of the load balancer and the tasks. No subnet, gateway or endpoint is added to it.
   *
   * It needs public subnets in two Availability Zones for an internet-facing load balancer, and subnets of the type that `network` names.
   *
   * A running service stays in its VPC: AWS rejects an update to another one. In two steps: create a second service in the other VPC and move the
   * clients to it, then remove the first.
   *
   * @default - the VPC of `cluster`, or that of `loadBalancer` or of the load balancer of `listener`; without these, a new VPC
   */
  readonly vpc?: IVpc;

  /**
   * The ECS cluster that hosts the service. One that is not imported gets Fargate and Fargate Spot as capacity providers.
   *
   * A change later replaces the ECS service, whose successor starts with `minCapacity` tasks. In two steps: raise `minCapacity` to the number of
   * running tasks, then change the cluster. The other cluster is in the same VPC.
   *
   * @default - a new cluster in the VPC
   */
  readonly cluster?: ICluster;
}
