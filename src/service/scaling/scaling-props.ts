import type { Duration, TimeZone } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { HighResolutionMetrics } from './high-resolution-metrics';
import type { PredictiveScaling } from './predictive-scaling';

/**
 * Properties of scaling, whatever the tasks run on.
 *
 * @internal
 */
export interface SharedScalingProps {
  /**
   * The minimum number of tasks that scaling may set: a whole number of at least 1.
   *
   * Two tasks let the service survive the loss of one. With the default CPU target, an even number in two zones survives the loss of a zone.
   *
   * @default 2
   */
  readonly minCapacity?: number;

  /**
   * The maximum number of tasks that scaling may set: a whole number of at least 1, and at least `minCapacity`.
   *
   * @default 6
   */
  readonly maxCapacity?: number;

  /**
   * The target value of a target-tracking policy on average CPU utilization, in percent: above 0, at most 100.
   *
   * The part above the target carries the load until more tasks serve: of a service that grows, and of one that has lost an Availability Zone. With
   * two zones that is half of the tasks, and 50 % the highest target at which the others can serve the load; with three zones, 66 %.
   *
   * @default 50
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The target value of a target-tracking policy on the request count, in requests per **second** for each task: above 0, may be a fraction.
   *
   * The metric, `ALBRequestCountPerTarget`, counts requests per **minute**: CloudFormation gets this number multiplied by 60. The CDK's
   * `requestsPerTarget` is passed on as it is: 50 there is less than one request per second, and scaling reaches the maximum with little traffic.
   *
   * CloudFormation cannot multiply. A number that is only known during a deployment, such as a parameter, throws an error at synthesis.
   *
   * @default 100
   */
  readonly requestsPerSecondPerTask?: number;

  /**
   * Whether there is a target-tracking policy on the request count per task.
   *
   * @default true
   */
  readonly scaleOnRequests?: boolean;

  /**
   * Whether there is a target-tracking policy on CPU utilization.
   *
   * @default true
   */
  readonly scaleOnCpu?: boolean;

  /**
   * The threshold of a step-scaling policy on the 95th percentile of the response time: above 0 seconds, known at synthesis.
   *
   * Above the threshold for three minutes, the policy adds 25 % of the tasks; above 1.5 times the threshold, 50 %. It never removes tasks.
   * More tasks do not help where a dependency is slow: the service then grows to `maxCapacity`.
   *
   * @default - no policy on response time
   */
  readonly scaleOutResponseTimeThreshold?: Duration;

  /**
   * The requests per second, of all tasks together, below which `scaleOutResponseTimeThreshold` adds no task: at least 0.
   *
   * A few slow requests at night, with cold caches, then do not scale the service out.
   *
   * @default 1
   */
  readonly scaleOutResponseTimeMinTotalRequestsPerSecond?: number;

  /**
   * Scheduled actions that change the minimum and the maximum capacity, such as more tasks before the office opens.
   *
   * An action whose one bound is beyond the other that is in force at its time throws an error, as far as the times are known: give it both bounds.
   *
   * @default - none
   */
  readonly schedules?: ScheduledCapacity[];

  /**
   * The mode of a predictive scaling policy on CPU. It learns from up to two weeks of load and raises the minimum before the load comes.
   *
   * @default PredictiveScaling.OFF
   */
  readonly predictiveScaling?: PredictiveScaling;

  /**
   * Whether scale-in of the target-tracking policies is disabled, so that scaling only adds tasks.
   *
   * @default false
   */
  readonly disableScaleIn?: boolean;
}

/**
 * Properties of the scaling of a service.
 *
 * @internal
 */
export interface ScalingProps extends SharedScalingProps {
  /**
   * The scale-out cooldown: the time after a scale-out in which only a larger scale-out happens. Whole seconds, at least 0.
   *
   * @default Duration.seconds(180)
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * The scale-in cooldown: the time after a scale-in in which no other scale-in happens. Whole seconds, at least 0.
   *
   * @default Duration.seconds(300)
   */
  readonly scaleInCooldown?: Duration;

  /**
   * The target value of a target-tracking policy on average memory utilization, in percent: above 0, at most 100.
   *
   * Many programs do not return memory. A service that scales on memory often grows and never shrinks.
   *
   * @default - no policy on memory
   */
  readonly targetMemoryUtilizationPercent?: number;

  /**
   * Whether ECS publishes CPU and memory utilization every 20 seconds instead of every minute, and whether scaling uses them.
   *
   * Scaling then reacts within about a minute and a half. CloudWatch bills the metrics as custom metrics.
   *
   * A service that is already deployed needs two deployments: `PUBLISH_ONLY`, then `PUBLISH_AND_SCALE`. A policy on metrics that do not exist
   * yet does nothing.
   *
   * @default HighResolutionMetrics.OFF
   */
  readonly highResolutionMetrics?: HighResolutionMetrics;
}

/**
 * A scheduled action of Application Auto Scaling. Its capacity is in effect until another scheduled action changes it.
 */
export interface ScheduledCapacity {
  /**
   * The name of the scheduled action: 1 to 50 letters, digits and hyphens, unique within the service.
   */
  readonly name: string;

  /**
   * The schedule.
   */
  readonly schedule: Schedule;

  /**
   * The time zone of the schedule.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * The new minimum capacity, in tasks: a whole number of at least 0, and at most the maximum that is in force at its time.
   *
   * @default - not changed
   */
  readonly minCapacity?: number;

  /**
   * The new maximum capacity, in tasks: a whole number of at least 0, and at least the minimum that is in force at its time.
   *
   * @default - not changed
   */
  readonly maxCapacity?: number;
}
