import { Duration } from 'aws-cdk-lib';
import type { IPeer } from 'aws-cdk-lib/aws-ec2';
import { DeploymentStrategy, type TrafficShiftConfig } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';

/**
 * Where a new version can be tried before it serves.
 */
export interface TestTrafficOptions {
  /**
   * The port of the load balancer that leads to the new version only, from 1 to 65535.
   */
  readonly port: number;

  /**
   * Who may connect to it. It is never open to everybody by itself.
   */
  readonly allowedFrom: IPeer[];
}

/**
 * What all deployments with two versions side by side can be told.
 */
export interface BlueGreenOptions {
  /**
   * How long the old version stays, without traffic, so that going back to it takes a moment only: whole minutes, from 0 to 1440.
   *
   * @default Duration.minutes(5)
   */
  readonly bakeTime?: Duration;

  /**
   * Where the new version can be tried before it serves. Takes a load balancer of the service's own.
   *
   * @default - nowhere
   */
  readonly testTraffic?: TestTrafficOptions;
}

/**
 * A deployment that tries the new version with a part of the traffic, and then gives it the rest.
 */
export interface CanaryOptions extends BlueGreenOptions {
  /**
   * The part of the traffic that tries the new version, in percent, from 0.1 to 100.
   *
   * @default 5
   */
  readonly percent?: number;

  /**
   * How long it does: whole minutes, from 0 to 1440.
   *
   * @default Duration.minutes(10)
   */
  readonly trialTime?: Duration;
}

/**
 * A deployment that moves the traffic over in equal steps.
 */
export interface LinearOptions extends BlueGreenOptions {
  /**
   * The part of the traffic that each step moves, in percent, from 3 to 100.
   *
   * @default 10
   */
  readonly stepPercent?: number;

  /**
   * How long it takes from one step to the next: whole minutes, from 0 to 1440.
   *
   * @default Duration.minutes(6)
   */
  readonly stepTime?: Duration;
}

/**
 * How a new version takes the place of an old one.
 *
 * ECS does all of them itself. All but `rolling` have both versions run side by side, twice as many tasks for a while, and two target
 * groups; the rule that follows requests counts those of both, so that scaling goes on during the deployment and after it.
 */
export class Deployment {
  /**
   * New tasks come as old ones go. The cheapest, and both versions serve for a while.
   */
  public static rolling(): Deployment {
    return new Deployment(DeploymentStrategy.ROLLING);
  }

  /**
   * All traffic moves at once, when all new tasks are healthy.
   */
  public static blueGreen(options: BlueGreenOptions = {}): Deployment {
    return new Deployment(DeploymentStrategy.BLUE_GREEN, options);
  }

  /**
   * A part of the traffic tries the new version first.
   */
  public static canary(options: CanaryOptions = {}): Deployment {
    const { percent, trialTime } = options;
    const { canary } = DEFAULTS;
    const stepBakeTime = trialTime ?? Duration.minutes(canary.trialMinutes);
    return new Deployment(DeploymentStrategy.CANARY, options, { stepPercent: percent ?? canary.percent, stepBakeTime });
  }

  /**
   * Traffic moves in equal steps.
   */
  public static linear(options: LinearOptions = {}): Deployment {
    const { linear } = DEFAULTS;
    const stepBakeTime = options.stepTime ?? Duration.minutes(linear.stepMinutes);
    return new Deployment(DeploymentStrategy.LINEAR, options, { stepPercent: options.stepPercent ?? linear.stepPercent, stepBakeTime });
  }

  /** @internal */
  public readonly _strategy: DeploymentStrategy;

  /** @internal */
  public readonly _options: BlueGreenOptions;

  /** @internal */
  public readonly _shift?: TrafficShiftConfig;

  private constructor(strategy: DeploymentStrategy, options: BlueGreenOptions = {}, shift?: TrafficShiftConfig) {
    this._strategy = strategy;
    this._options = options;
    this._shift = shift;
  }

  /**
   * Whether two versions stand side by side, each with a target group.
   *
   * @internal
   */
  public get _hasTwoTargetGroups(): boolean {
    return this._strategy !== DeploymentStrategy.ROLLING;
  }
}
