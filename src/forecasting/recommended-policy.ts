import type { PlanFigures } from './plan-figures';

/**
 * A policy that was looked at, in the words of the construct's props, and what it comes to.
 */
export interface RecommendedPolicy extends PlanFigures {
  /**
   * The CPU of one task, in CPU units.
   */
  readonly cpu: number;

  /**
   * The memory of one task, in MiB.
   */
  readonly memoryLimitMiB: number;

  /**
   * The fewest tasks.
   */
  readonly minCapacity: number;

  /**
   * The most tasks.
   */
  readonly maxCapacity: number;

  /**
   * The CPU use to aim at, in percent.
   */
  readonly targetCpuUtilizationPercent: number;

  /**
   * The requests to aim at, for each task, in requests per second.
   */
  readonly requestsPerSecondPerTask: number;

  /**
   * Seconds after adding tasks in which no more are added, unless even more are needed.
   */
  readonly scaleOutCooldownSeconds: number;

  /**
   * Seconds after removing a task in which no other is removed.
   */
  readonly scaleInCooldownSeconds: number;

  /**
   * One sentence for each part of the objective that it does not reach; empty where it reaches all.
   */
  readonly unmet: string[];
}
