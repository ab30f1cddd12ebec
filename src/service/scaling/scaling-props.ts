import type { Duration } from 'aws-cdk-lib';

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
}
