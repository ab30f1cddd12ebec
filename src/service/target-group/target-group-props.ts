import type { Duration } from 'aws-cdk-lib';
import type { TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { HealthCheckOptions } from './health-check-options';

/**
 * How requests are shared among the tasks.
 */
export interface TargetGroupProps {
  /**
   * How the load balancer finds out whether a task can serve.
   *
   * @default - what `HealthCheckOptions` has for each of its parts
   */
  readonly healthCheck?: HealthCheckOptions;

  /**
   * How long a task that is taken away may finish what it has begun, before it is told to stop: whole seconds, from 0 to 3600.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Which task gets the next request.
   *
   * Round robin gives each task as many as the others; least outstanding requests spares those that are slow at the moment; weighted
   * random allows `anomalyMitigation`.
   *
   * @default TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN
   */
  readonly routingAlgorithm?: TargetGroupLoadBalancingAlgorithmType;

  /**
   * Whether tasks that fail more often than the others get fewer requests. Takes the weighted random algorithm, and three tasks or more.
   *
   * @default false
   */
  readonly anomalyMitigation?: boolean;

  /**
   * Over what time a new task gets more and more requests, until it has its share: whole seconds, from 30 to 900. Takes the round robin
   * algorithm.
   *
   * @default - a new task has its share at once
   */
  readonly slowStart?: Duration;

  /**
   * For how long a visitor comes back to the same task: whole seconds, from 1 second to 7 days.
   *
   * A stateless service has no need of it, and scaling suffers: new tasks get new visitors only.
   *
   * @default - any task serves any request
   */
  readonly stickiness?: Duration;

  /**
   * The name of the target group: at most 32 letters, digits and hyphens.
   *
   * @default - made up by CloudFormation, so that a target group can be replaced
   */
  readonly targetGroupName?: string;
}
