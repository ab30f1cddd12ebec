import { Duration } from 'aws-cdk-lib';
import type { IPeer } from 'aws-cdk-lib/aws-ec2';
import { DeploymentStrategy, type TrafficShiftConfig } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ApprovalOptions } from './approval';
import type { CircuitBreakerThreshold } from './circuit-breaker-threshold';

/**
 * Options of `Deployment.rolling()`.
 */
export interface RollingOptions {
  /**
   * The failure threshold that the deployment circuit breaker uses to monitor a deployment. Requires `circuitBreaker`.
   *
   * @default - `CircuitBreakerThreshold.boundedPercent(50)`, the default of ECS: half of the desired count, from 3 to 200 tasks
   */
  readonly circuitBreakerThreshold?: CircuitBreakerThreshold;

  /**
   * Specifies whether the deployment circuit breaker resets its failure count when a task reaches a healthy state: if so, only consecutive
   * failures count. Requires `circuitBreaker`.
   *
   * @default - true, the default of ECS
   */
  readonly resetOnHealthyTask?: boolean;

  /**
   * The percentage of healthy tasks that the target service revision must reach before Amazon ECS considers the deployment successful: an
   * early success criterion. A whole number from `minHealthyPercent` to 100, of the desired count.
   *
   * After it, neither circuit breaker nor alarms roll the deployment back; ECS starts the remaining tasks.
   *
   * @default - no early success: all tasks must be healthy
   */
  readonly earlySuccessHealthyPercent?: number;

  /**
   * Whether the deployment is complete before the tasks of the previous revision are removed. Requires `earlySuccessHealthyPercent`.
   *
   * @default - false: the tasks are removed first
   */
  readonly deferCleanup?: boolean;
}

/**
 * The test traffic of a deployment: a listener that forwards to the new revision before it gets production traffic.
 */
export interface TestTrafficOptions {
  /**
   * The port of the test listener: a whole number from 1 to 65535, on which no other listener of the load balancer is.
   */
  readonly port: number;

  /**
   * The peers that may connect to the test listener: at least one. It is not open to others by default.
   */
  readonly allowFrom: IPeer[];
}

/**
 * Options that blue/green, canary and linear deployments have in common.
 */
export interface BlueGreenOptions {
  /**
   * The bake time: how long the old revision keeps running after all traffic has moved, so that a rollback is immediate.
   *
   * Whole minutes, from 0 to 1440.
   *
   * @default Duration.minutes(5)
   */
  readonly bakeTime?: Duration;

  /**
   * The test listener. It needs a listener that this service creates.
   *
   * @default - none
   */
  readonly testTraffic?: TestTrafficOptions;

  /**
   * The approval: a pause hook that pauses the deployment before production traffic moves, until `aws ecs continue-service-deployment` is
   * called. Canary and linear deployments pause before each step.
   *
   * @default - no pause
   */
  readonly approval?: ApprovalOptions;
}

/**
 * Options of `Deployment.canary()` and `Deployment.linear()`.
 */
export interface TrafficShiftOptions extends BlueGreenOptions {
  /**
   * The percentage of the traffic that moves first (canary: from 0.1 to 100), or in each step (linear: from 3 to 100).
   *
   * @default - 5 for canary, 10 for linear
   */
  readonly stepPercent?: number;

  /**
   * The time until the rest of the traffic moves (canary), or between two steps (linear): whole minutes, from 0 to 1440.
   *
   * @default - 10 minutes for canary, 6 minutes for linear
   */
  readonly stepBakeTime?: Duration;
}

/**
 * The deployment strategy of an ECS service.
 *
 * ECS has these strategies built in. Except with `rolling`, both revisions run side by side during a deployment: twice the tasks, and two
 * target groups. The policy on the request count then uses the sum of both target groups, so that scaling continues during and after a
 * deployment.
 */
export class Deployment {
  /**
   * A rolling update: new tasks replace old ones step by step. The cheapest strategy; both revisions serve for a while.
   */
  public static rolling(options: RollingOptions = {}): Deployment {
    return new Deployment(DeploymentStrategy.ROLLING, options);
  }

  /**
   * A blue/green deployment: all traffic moves at once, when all new tasks are healthy.
   */
  public static blueGreen(options: BlueGreenOptions = {}): Deployment {
    return new Deployment(DeploymentStrategy.BLUE_GREEN, options);
  }

  /**
   * A canary deployment: a part of the traffic moves first, then the rest.
   */
  public static canary(options: TrafficShiftOptions = {}): Deployment {
    const { canary } = DEFAULTS;
    const stepBakeTime = options.stepBakeTime ?? Duration.minutes(canary.stepMinutes);
    return new Deployment(DeploymentStrategy.CANARY, options, { stepPercent: options.stepPercent ?? canary.stepPercent, stepBakeTime });
  }

  /**
   * A linear deployment: the traffic moves in equal steps.
   */
  public static linear(options: TrafficShiftOptions = {}): Deployment {
    const { linear } = DEFAULTS;
    const stepBakeTime = options.stepBakeTime ?? Duration.minutes(linear.stepMinutes);
    return new Deployment(DeploymentStrategy.LINEAR, options, { stepPercent: options.stepPercent ?? linear.stepPercent, stepBakeTime });
  }

  /** @internal */
  public readonly _strategy: DeploymentStrategy;

  /** @internal */
  public readonly _options: BlueGreenOptions & RollingOptions;

  /** @internal */
  public readonly _shift?: TrafficShiftConfig;

  private constructor(strategy: DeploymentStrategy, options: BlueGreenOptions & RollingOptions, shift?: TrafficShiftConfig) {
    this._strategy = strategy;
    this._options = options;
    this._shift = shift;
  }

  /**
   * Whether two revisions run side by side, each with a target group.
   *
   * @internal
   */
  public get _hasTwoTargetGroups(): boolean {
    return this._strategy !== DeploymentStrategy.ROLLING;
  }
}
