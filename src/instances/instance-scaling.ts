import type { Duration } from 'aws-cdk-lib';
import type { AdjustmentType, ScalingInterval } from 'aws-cdk-lib/aws-autoscaling';

/**
 * Options of `InstanceScaling.steps()`.
 */
export interface StepScalingOptions {
  /**
   * The intervals of CPU utilization, in percent, and the change of each: the number of instances to add, or to remove where it is negative.
   *
   * At least two, which may have a gap between them: below it instances are removed, and above it added.
   */
  readonly scalingSteps: ScalingInterval[];

  /**
   * What `change` is: a number of instances to add, a percentage of them, or their exact number.
   *
   * @default - `AdjustmentType.CHANGE_IN_CAPACITY`
   */
  readonly adjustmentType?: AdjustmentType;

  /**
   * The number of periods in a row that must be beyond the threshold of an interval: a whole number of at least 1.
   *
   * @default 2
   */
  readonly evaluationPeriods?: number;

  /**
   * The period of the alarms: 1 minute, or a multiple of it. With basic monitoring, an instance has a datapoint every 5 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly period?: Duration;
}

/**
 * Options of `InstanceScaling.simple()`.
 */
export interface SimpleScalingOptions {
  /**
   * The CPU utilization from which on instances are added, in percent: above `scaleInCpuUtilizationPercent`, at most 100.
   */
  readonly scaleOutCpuUtilizationPercent: number;

  /**
   * The CPU utilization down from which instances are removed, in percent: at least 0.
   */
  readonly scaleInCpuUtilizationPercent: number;

  /**
   * The number of instances that a scaling activity adds or removes: a whole number of at least 1.
   *
   * @default 1
   */
  readonly adjustment?: number;

  /**
   * The number of periods in a row that must be beyond the threshold: a whole number of at least 1.
   *
   * @default 2
   */
  readonly evaluationPeriods?: number;

  /**
   * The period of the alarms: 1 minute, or a multiple of it. With basic monitoring, an instance has a datapoint every 5 minutes.
   *
   * @default Duration.minutes(2)
   */
  readonly period?: Duration;

  /**
   * The cooldown period: the time after a scaling activity in which simple scaling starts no other. Whole seconds, at least 0.
   *
   * @default - 5 minutes, the default of EC2 Auto Scaling
   */
  readonly cooldown?: Duration;
}

/**
 * How the number of instances follows the load.
 */
export class InstanceScaling {
  /**
   * Target tracking, on the request count per task and on CPU utilization, as the other props say. Each policy can scale out; scale-in happens
   * only when both allow it.
   */
  public static targetTracking(): InstanceScaling {
    return new InstanceScaling('targetTracking');
  }

  /**
   * Step scaling on CPU utilization: the further it is beyond a threshold, the more instances are added or removed.
   */
  public static steps(options: StepScalingOptions): InstanceScaling {
    return new InstanceScaling('steps', options);
  }

  /**
   * Simple scaling on CPU utilization: the same number of instances is added or removed each time, and then there is a cooldown period.
   *
   * AWS recommends target tracking instead: simple scaling reacts to nothing while it cools down, however high the load is.
   */
  public static simple(options: SimpleScalingOptions): InstanceScaling {
    return new InstanceScaling('simple', undefined, options);
  }

  /** @internal */
  public readonly _kind: 'targetTracking' | 'steps' | 'simple';

  /** @internal */
  public readonly _steps?: StepScalingOptions;

  /** @internal */
  public readonly _simple?: SimpleScalingOptions;

  private constructor(kind: InstanceScaling['_kind'], steps?: StepScalingOptions, simple?: SimpleScalingOptions) {
    this._kind = kind;
    this._steps = steps;
    this._simple = simple;
  }
}
