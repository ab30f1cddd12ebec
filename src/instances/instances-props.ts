import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { RulePackProps } from '../service/accepted-findings';
import type { LoadBalancerProps } from '../service/load-balancer/load-balancer-props';
import type { SubnetProps } from '../service/network/network';
import type { SharedObservabilityProps } from '../service/observability/observability-props';
import type { SharedScalingProps } from '../service/scaling/scaling-props';
import type { TargetGroupProps } from '../service/target-group/target-group-props';
import type { GroupProps } from './group-props';
import type { InstanceProps } from './instance-props';

/**
 * Properties of `ScalableStatelessInstances`. All are optional. A task is the container, or the program, of one instance.
 */
export interface ScalableStatelessInstancesProps
  extends SubnetProps,
    LoadBalancerProps,
    TargetGroupProps,
    InstanceProps,
    SharedScalingProps,
    GroupProps,
    SharedObservabilityProps,
    RulePackProps {
  /**
   * The VPC of the load balancer and the instances. No subnet, gateway or endpoint is added to it.
   *
   * It needs public subnets in two Availability Zones for an internet-facing load balancer, and subnets of the type that `network` names. A running group
   * stays in its VPC. In two steps: create a second one in the other VPC and move the clients to it, then remove the first.
   *
   * @default - that of `loadBalancer` or of the load balancer of `listener`; without these, a new VPC
   */
  readonly vpc?: IVpc;
}
