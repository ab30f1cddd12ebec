import type { Duration } from 'aws-cdk-lib';

/**
 * When something goes wrong.
 */
export interface FaultOptions {
  /**
   * When, from the start of the traffic; before it ends.
   */
  readonly at: Duration;
}

/**
 * When something goes wrong, and for how long.
 */
export interface LastingFaultOptions extends FaultOptions {
  /**
   * How long it lasts; above 0.
   */
  readonly duration: Duration;
}

/**
 * What befalls some of the tasks.
 */
export interface TaskFaultOptions extends FaultOptions {
  /**
   * How many of the tasks that serve, the oldest first. Where there are fewer, all of them.
   *
   * @default 1
   */
  readonly count?: number;
}

/**
 * What befalls some of the tasks for a while.
 */
export interface LastingTaskFaultOptions extends TaskFaultOptions {
  /**
   * How long it lasts; above 0.
   */
  readonly duration: Duration;
}

/**
 * Some of the tasks are slow for a while.
 */
export interface SlowTaskOptions extends LastingTaskFaultOptions {
  /**
   * The speed that is left, in percent: at 50 a request takes twice the CPU. Above 0, at most 100.
   *
   * @default 50
   */
  readonly speedPercent?: number;
}

/**
 * A system that the service asks is slow for a while.
 */
export interface SlowDependencyOptions extends LastingFaultOptions {
  /**
   * What each request waits longer for, without using CPU; above 0.
   */
  readonly addedLatency: Duration;
}
