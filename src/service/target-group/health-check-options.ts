import type { Duration } from 'aws-cdk-lib';

/**
 * How the load balancer finds out whether a task can serve.
 */
export interface HealthCheckOptions {
  /**
   * The path that answers 200 when a task can serve requests; begins with `/`.
   *
   * It should say whether the task itself can serve. A check that also asks other systems takes every task out of service
   * when one of those fails.
   *
   * @default "/health"
   */
  readonly path?: string;

  /**
   * The time between two checks of a task: whole seconds, from 5 to 300.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * How long an answer may take: whole seconds, from 2 to 120, and below the interval.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * After how many good answers in a row a task that failed is trusted again, from 2 to 10. A new task needs one.
   *
   * @default 2
   */
  readonly healthyThresholdCount?: number;

  /**
   * After how many bad answers in a row a task is replaced, from 2 to 10.
   *
   * @default 2
   */
  readonly unhealthyThresholdCount?: number;
}
