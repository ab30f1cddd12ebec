import type { Duration } from 'aws-cdk-lib';
import { BOOLEAN, DURATION, listOf, NUMBER, type OptionTypes, optional } from './argument-types';
import type { PlanChanges } from './plan-changes';
import type { PlanFigures } from './plan-comparison';

/**
 * The cheapest policy that was found for an objective, or the closest one.
 */
export interface Recommendation {
  /**
   * Whether the objective is reached, in 95 of 100 runs.
   */
  readonly isMet: boolean;

  /**
   * The recommendation as text.
   */
  readonly summary: string;

  /**
   * The props of the construct, as TypeScript to paste; empty if there is no such policy.
   */
  readonly props: string;

  /**
   * The policy.
   *
   * @default - none: no number of tasks of any size could do it
   */
  readonly best?: RecommendedPolicy;

  /**
   * Policies that cost less, or that miss the objective for fewer requests, the cheapest first.
   */
  readonly frontier: RecommendedPolicy[];
}

/**
 * What a recommended policy must achieve under the traffic.
 */
export interface RecommendationObjective {
  /**
   * The maximum 95th percentile of latency; above 0.
   *
   * @default - no limit
   */
  readonly p95?: Duration;

  /**
   * The maximum 99th percentile of latency; above 0.
   *
   * @default - no limit
   */
  readonly p99?: Duration;

  /**
   * The maximum of failed requests, in percent: from 0 to 100.
   *
   * @default 0
   */
  readonly failedPercent?: number;

  /**
   * Tasks that may be lost at any moment while the others can serve the traffic: a whole number of at least 0. 1 is N+1.
   *
   * Users wait for their responses, so that fewer tasks serve them more slowly, within the idle timeout of the load
   * balancer. Requests per second do not wait: the others must be able to serve the whole rate. An equal load of users can therefore need fewer tasks.
   *
   * @default 0
   */
  readonly tasksLost?: number;

  /**
   * Whether an Availability Zone may be lost at any moment while the others can serve the traffic.
   *
   * @default false
   */
  readonly zoneLost?: boolean;

  /**
   * The sizes of tasks that may be recommended, in CPU units, of those that Fargate offers.
   *
   * @default - all that Fargate offers up to 4 vCPU
   */
  readonly cpus?: number[];
}

/**
 * A recommended policy, and its figures.
 */
export interface RecommendedPolicy {
  /**
   * Task size, capacities, targets and cooldowns: for `Plan.withChanges`, or as props of the construct.
   */
  readonly changes: PlanChanges;

  /**
   * The figures of the policy.
   */
  readonly figures: PlanFigures;

  /**
   * The parts of the objective that it does not reach, as text.
   */
  readonly unmet: string[];
}

/** The types of an objective. */
export const RECOMMENDATION_OBJECTIVE: OptionTypes<RecommendationObjective> = {
  p95: optional(DURATION),
  p99: optional(DURATION),
  failedPercent: optional(NUMBER),
  tasksLost: optional(NUMBER),
  zoneLost: optional(BOOLEAN),
  cpus: optional(listOf(NUMBER)),
};
