import type { Duration } from 'aws-cdk-lib';
import type { DurationRange } from './duration-range';

/**
 * What AWS does not document about scaling, as settings. Each default is the value that published logs and benchmarks
 * suggest; `ForecastOutcome.sensitivity` says which of them matter to an answer.
 */
export interface AwsBehaviorOptions {
  /**
   * Whether scaling in takes one task at a time or goes straight to the computed count. Every published log of a small ECS
   * service shows one at a time; of more than ten tasks nothing was published.
   *
   * @default ScaleInStep.ONE_TASK
   */
  readonly scaleInStep?: ScaleInStep;

  /**
   * How long the metrics that come every 20 seconds must be low before a task is taken away.
   *
   * @default HighResolutionLowAlarm.FIFTEEN_MINUTES
   */
  readonly highResolutionLowAlarm?: HighResolutionLowAlarm;

  /**
   * What target tracking computes from.
   *
   * @default DecisionDatapoint.LATEST
   */
  readonly decisionDatapoint?: DecisionDatapoint;

  /**
   * What a step outwards is computed from while an earlier one is open or cooling down.
   *
   * @default CooldownBase.BEFORE_FIRST_STEP
   */
  readonly cooldownBase?: CooldownBase;

  /**
   * Which tasks the requests per task are counted over.
   *
   * @default RequestCountDenominator.HEALTHY
   */
  readonly requestCountDenominator?: RequestCountDenominator;

  /**
   * From the end of a minute until an alarm can see its metric.
   *
   * @default - 30 to 90 seconds, with which a step in load is answered after 190 to 300 seconds
   */
  readonly metricDelay?: DurationRange;

  /**
   * The same for metrics that come every 20 seconds.
   *
   * @default - 10 to 25 seconds
   */
  readonly highResolutionDelay?: DurationRange;

  /**
   * Health checks that a new task must pass before it receives requests: a whole number of at least 1. The guide of the load balancer
   * says one, that of ECS as many as the healthy threshold.
   *
   * @default 1
   */
  readonly initialHealthChecks?: number;

  /**
   * After how long an activity whose tasks do not come is given up.
   *
   * @default Duration.minutes(30)
   */
  readonly unfulfilledAfter?: Duration;

  /**
   * Whether scaling in waits for the cooldown of an earlier step outwards.
   *
   * @default false
   */
  readonly scaleOutBlocksScaleIn?: boolean;
}

/**
 * How many tasks scaling in takes at once.
 */
export enum ScaleInStep {
  /**
   * One task at a time.
   */
  ONE_TASK = 'one-task',

  /**
   * Straight to the count that the metric asks for.
   */
  PROPORTIONAL = 'proportional',
}

/**
 * How long the metrics that come every 20 seconds must be low before a task is taken away.
 */
export enum HighResolutionLowAlarm {
  /**
   * 15 minutes, as for any other metric.
   */
  FIFTEEN_MINUTES = '15-minutes',

  /**
   * 15 datapoints, which are five minutes.
   */
  FIFTEEN_DATAPOINTS = '15-datapoints',
}

/**
 * What target tracking computes the tasks from.
 */
export enum DecisionDatapoint {
  /**
   * The newest datapoint.
   */
  LATEST = 'latest',

  /**
   * The mean of the datapoints that raised the alarm.
   */
  MEAN = 'mean',
}

/**
 * What a step outwards is computed from while an earlier one is open or cooling down.
 */
export enum CooldownBase {
  /**
   * The tasks before the earlier step.
   */
  BEFORE_FIRST_STEP = 'before-first-step',

  /**
   * The tasks that run.
   */
  RUNNING = 'running',
}

/**
 * Which tasks the requests per task are counted over.
 */
export enum RequestCountDenominator {
  /**
   * Those that are healthy, as documented.
   */
  HEALTHY = 'healthy',

  /**
   * All that are registered, also while their first health check is still to come.
   */
  REGISTERED = 'registered',
}
