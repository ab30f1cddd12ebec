import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';

/**
 * Where the load balancer and the tasks stand.
 */
export interface NetworkProps {
  /**
   * The network of the load balancer and the tasks.
   *
   * It needs public subnets in two zones for the load balancer, and private ones for the tasks: those with a way out where
   * there are any, else isolated ones. No endpoint is added to it, so isolated tasks only start where there are some already.
   *
   * @default - the VPC of the cluster; without a cluster, a new one over two zones without NAT gateways, from which tasks reach
   * ECR, CloudWatch Logs, S3 and DynamoDB through endpoints, and nothing else
   */
  readonly vpc?: IVpc;

  /**
   * The cluster that the service belongs to.
   *
   * @default - a new one in the VPC
   */
  readonly cluster?: ICluster;
}
