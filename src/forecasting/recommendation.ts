import type { RecommendedPolicy } from './recommended-policy';

/**
 * The cheapest policy that was found for an objective, or the one that comes nearest to it.
 */
export interface Recommendation {
  /**
   * Whether the objective is reached, in 95 of 100 runs.
   */
  readonly isMet: boolean;

  /**
   * The answer in words.
   */
  readonly sentence: string;

  /**
   * The props of the construct, as TypeScript to paste; empty where there is no such policy.
   */
  readonly props: string;

  /**
   * The policy.
   *
   * @default - none: no number of tasks of any size could do it
   */
  readonly best?: RecommendedPolicy;

  /**
   * What less money or less risk would be, the cheapest first.
   */
  readonly frontier: RecommendedPolicy[];
}
