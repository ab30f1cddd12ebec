import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IDependable } from 'constructs';

/** Where the load balancer and the tasks stand. */
export interface ServiceNetwork {
  readonly vpc: IVpc;
  readonly taskSubnets: SubnetSelection;
  readonly taskSecurityGroups: readonly ISecurityGroup[];

  /** Whether a task needs an address of its own to get out. */
  readonly hasPublicTasks: boolean;

  /** What must be there before a task can start. */
  readonly waysOut: readonly IDependable[];

  /** Whether tasks can pull an image from ECR only. */
  readonly isClosed: boolean;
}
