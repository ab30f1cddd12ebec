import type { PlanFigures } from './plan-figures';

/**
 * Plans side by side under the same traffic: reliability against cost.
 */
export interface PlanComparison {
  /**
   * How many seeds each plan was asked with, the same ones for all.
   */
  readonly seeds: number;

  /**
   * The figures of each plan, by its name.
   */
  readonly plans: { [name: string]: PlanFigures };

  /**
   * What each plan gains and costs against the first one, in words.
   */
  readonly tradeOffs: string[];
}
