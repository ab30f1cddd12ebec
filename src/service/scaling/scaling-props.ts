import type { Duration } from 'aws-cdk-lib';
import type { HighResolutionMetrics } from './high-resolution-metrics';
import type { PredictiveScaling } from './predictive-scaling';
import type { ScheduledBounds } from './scheduled-bounds';

/**
 * How many tasks there are, and what makes them more or fewer.
 */
export interface ScalingProps {
  /**
   * The fewest tasks, at least 1. Two let the service survive the loss of one.
   *
   * @default 2
   */
  readonly minCapacity?: number;

  /**
   * The most tasks, at least `minCapacity`.
   *
   * @default 6
   */
  readonly maxCapacity?: number;

  /**
   * The CPU use that scaling aims at, in percent of what the tasks may use, averaged over them: above 0, at most 100.
   *
   * What is left above the target carries the load until more tasks serve.
   *
   * @default 60
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The requests that scaling aims at, for each task, in requests per **second**; above 0, may be a fraction.
   *
   * The metric behind it, `ALBRequestCountPerTarget`, counts in a **minute**: this number reaches CloudFormation multiplied
   * by 60. The CDK's own `requestsPerTarget` passes its number on and names no unit. Who took it for a rate per second asked for a
   * sixtieth of the load that was meant, and got the most tasks as soon as there were visitors: 50 there is less than one
   * request per second.
   *
   * As CloudFormation cannot multiply, a number that only a deployment knows, such as a parameter, is refused.
   *
   * @default 100
   */
  readonly requestsPerSecondPerTask?: number;

  /**
   * How long after adding tasks no more are added, unless even more are needed: whole seconds, may be 0.
   *
   * @default Duration.seconds(120)
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * How long after removing a task no other is removed: whole seconds, may be 0.
   *
   * @default Duration.seconds(300)
   */
  readonly scaleInCooldown?: Duration;

  /**
   * Whether scaling follows the requests for each task.
   *
   * @default true
   */
  readonly scaleOnRequests?: boolean;

  /**
   * Whether scaling follows CPU.
   *
   * @default true
   */
  readonly scaleOnCpu?: boolean;

  /**
   * The memory use that scaling aims at, in percent of what the tasks may use, averaged over them: above 0, at most 100.
   *
   * Memory often stays where it once was, so that a service which follows it grows and never shrinks.
   *
   * @default - memory is not followed
   */
  readonly targetMemoryUtilizationPercent?: number;

  /**
   * The response time from which on tasks are added, whatever the other signals say: when the 95th percentile is above it for three minutes.
   *
   * A quarter more tasks, and half as many more where it is above one and a half times that. Tasks are taken away by the other signals alone. Slow
   * answers of something that the tasks wait for do not become faster with more tasks: `maxCapacity` is the end then.
   *
   * @default - response times are not followed
   */
  readonly maxResponseTime?: Duration;

  /**
   * The requests per second, of all tasks together, below which `maxResponseTime` adds no task: at least 0. The few requests of a night may be slow
   * because caches are cold.
   *
   * @default 1
   */
  readonly responseTimeLeastRequestsPerSecond?: number;

  /**
   * Times at which the bounds change: more tasks before the office opens, fewer at night.
   *
   * @default - none
   */
  readonly schedules?: ScheduledBounds[];

  /**
   * Whether AWS learns from two weeks of the past what load is to come, and raises the minimum ahead of it.
   *
   * @default PredictiveScaling.OFF
   */
  readonly predictiveScaling?: PredictiveScaling;

  /**
   * Whether CPU and memory are measured every 20 seconds instead of every minute, so that scaling acts within about a minute and a half. They are billed
   * as custom metrics.
   *
   * A service that runs already goes in two steps: `PUBLISHED` first, and once that is deployed `FOLLOWED`. A policy on metrics that are not there yet
   * does nothing.
   *
   * @default HighResolutionMetrics.OFF
   */
  readonly highResolutionMetrics?: HighResolutionMetrics;

  /**
   * Whether scaling only ever adds tasks.
   *
   * @default false
   */
  readonly disableScaleIn?: boolean;
}
