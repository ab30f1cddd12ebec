import type { Duration } from 'aws-cdk-lib';
import type { WarmPoolOptions } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { InstanceRefreshOptions } from '../service/capacity/instance-refresh';
import type { HighResolutionMetrics } from '../service/scaling/high-resolution-metrics';
import type { InstanceScaling } from './instance-scaling';

/**
 * Properties of the Auto Scaling group of the instances.
 *
 * @internal
 */
export interface GroupProps {
  /**
   * How the number of instances follows the load.
   *
   * With step scaling and simple scaling, the props of target tracking must be left out: `targetCpuUtilizationPercent`, `requestsPerSecondPerTask`,
   * `scaleOnCpu`, `scaleOnRequests`, `disableScaleIn` and `highResolutionMetrics`.
   *
   * @default InstanceScaling.targetTracking()
   */
  readonly scaling?: InstanceScaling;

  /**
   * Whether the policy on CPU uses `ASGAverageCPUUtilizationHighResolution`, which has several datapoints a minute: `PUBLISH_AND_SCALE`, or `OFF`.
   *
   * An instance publishes it once a metric category with `CPUUtilization` is associated with it, which CloudFormation has no property for: a warning
   * describes how. Until then the policy does nothing.
   *
   * @default HighResolutionMetrics.OFF
   */
  readonly highResolutionMetrics?: HighResolutionMetrics;

  /**
   * The default instance warmup: the time after an instance is in service in which its metrics do not count. An instance is in service once it serves
   * requests, so that its start is not a part of it. Whole seconds, at least 0.
   *
   * @default Duration.seconds(60)
   */
  readonly defaultInstanceWarmup?: Duration;

  /**
   * The time from the launch of an instance until the health check on it succeeds: the heartbeat timeout of the lifecycle hook. An instance that takes
   * longer is replaced. Whole seconds, from 30 to 7200.
   *
   * @default Duration.minutes(5)
   */
  readonly launchTimeout?: Duration;

  /**
   * The health check grace period: the time after an instance is in service in which failed health checks do not count. Whole seconds.
   *
   * At least the time that an instance needs to become healthy: `interval` x `healthyThresholdCount` of the health check.
   *
   * @default Duration.seconds(60)
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * The minimum healthy percentage: the lower limit on the instances in service while others are replaced, in percent of the desired capacity. A whole
   * number from 0 to 100.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The maximum healthy percentage: the upper limit on the instances while others are replaced, in percent of the desired capacity. A whole number from
   * 100 to 200, at most `minHealthyPercent` + 100. With 100 and 100, an instance is replaced after its successor serves, one at a time.
   *
   * @default 200
   */
  readonly maxHealthyPercent?: number;

  /**
   * The instance refresh that a change of the launch template starts: CloudFormation replaces the instances step by step, and back to the previous
   * version when an alarm goes into ALARM or new instances do not serve.
   *
   * @default - one checkpoint at half of the instances, for five minutes
   */
  readonly instanceRefresh?: InstanceRefreshOptions;

  /**
   * Whether an instance refresh fails, and the stack is rolled back, when one of the alarms on server errors or response time goes into ALARM.
   *
   * @default true
   */
  readonly rollbackOnServiceAlarms?: boolean;

  /**
   * Additional alarms that roll an instance refresh back when they go into ALARM. With those on server errors and response time, at most 10.
   *
   * @default - none
   */
  readonly rollbackAlarms?: IAlarm[];

  /**
   * The percentage of the instances above `onDemandBase` that are Spot Instances: a whole number from 0 to 100, known at synthesis.
   *
   * AWS interrupts one with a two-minute warning when it needs the capacity; with capacity rebalancing, the group launches another one as soon as the risk
   * is high. Name `additionalInstanceTypes`, so that there are other pools to launch from.
   *
   * @default 0
   */
  readonly spotPercent?: number;

  /**
   * The number of instances that are never Spot Instances: a whole number from 0 to 100,000. Requires `spotPercent`.
   *
   * @default - with `spotPercent`, `minCapacity`, so that only instances that scaling added are interrupted; else 0
   */
  readonly onDemandBase?: number;

  /**
   * The warm pool: instances that have started once and wait, stopped by default, to be launched sooner. It cannot have Spot Instances.
   *
   * With `PoolState.HIBERNATED` the instances are launched with hibernation, and their root volume is larger by their memory, which is written to it. Their type
   * and their image must support it.
   *
   * @default - none
   */
  readonly warmPool?: WarmPoolOptions;
}
