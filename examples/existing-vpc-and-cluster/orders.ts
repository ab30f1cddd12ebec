import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Vpc, type VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** The existing VPC and cluster. */
export interface OrdersProps {
  readonly vpc: VpcAttributes;
  readonly clusterName: string;
}

/** A service in a VPC and a cluster that another stack, or another team, owns. */
export class Orders extends Stack {
  public readonly orders: ScalableStatelessService;

  public constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id);
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', props.vpc);
    this.orders = new ScalableStatelessService(this, 'Orders', {
      cluster: Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: props.clusterName, vpc }),
      minCapacity: 3,
      maxCapacity: 9,
    });
    new CfnOutput(this, 'Url', { value: this.orders.url });
  }
}
