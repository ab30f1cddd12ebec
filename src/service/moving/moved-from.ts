import type { ApplicationLoadBalancedFargateServiceProps } from 'aws-cdk-lib/aws-ecs-patterns';

/**
 * The construct that a running service was created with, and that a `ScalableStatelessService` now replaces in the code.
 *
 * The service then keeps what serves: load balancer, DNS name, listeners, target group, security groups, task role, ECS service.
 */
export class MovedFrom {
  /**
   * An `ApplicationLoadBalancedFargateService` of the CDK, in the scope and with the id that the `ScalableStatelessService` now has.
   *
   * Each prop of the pattern is the default of the prop that has its meaning here. The props stay as they were: they also say which logical
   * ids and create-only properties the running resources have.
   *
   * @param props the props of the pattern, unchanged.
   */
  public static applicationLoadBalancedFargateService(props: ApplicationLoadBalancedFargateServiceProps): MovedFrom {
    return new MovedFrom(props, {});
  }

  /** @internal */
  public readonly _props: ApplicationLoadBalancedFargateServiceProps;

  /** @internal */
  public readonly _policies: MovedPolicies;

  private constructor(props: ApplicationLoadBalancedFargateServiceProps, policies: MovedPolicies) {
    this._props = props;
    this._policies = policies;
  }

  /**
   * The same with the target-tracking policies that were added to `service.autoScaleTaskCount()`. They are updated, so that there is no minute
   * without a policy.
   *
   * @param policies the ids of the policies.
   */
  public withScalingPolicies(policies: MovedPolicies): MovedFrom {
    return new MovedFrom(this._props, policies);
  }
}

/**
 * The target-tracking policies that were added to `service.autoScaleTaskCount()` of a pattern: the id that each had.
 *
 * AWS allows one target-tracking policy for each metric. With its id, a policy is updated; under another one it would be created before the old
 * one is deleted, which AWS rejects.
 */
export interface MovedPolicies {
  /**
   * The id that was passed to `scaleOnCpuUtilization`.
   *
   * @default - there was no policy on CPU utilization
   */
  readonly cpuUtilizationId?: string;

  /**
   * The id that was passed to `scaleOnRequestCount`.
   *
   * @default - there was no policy on the request count
   */
  readonly requestCountId?: string;

  /**
   * The id that was passed to `scaleOnMemoryUtilization`.
   *
   * @default - there was no policy on memory utilization
   */
  readonly memoryUtilizationId?: string;
}
