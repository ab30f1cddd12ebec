import type { CostOptions } from './cost-options';
import type { ForecastOptions } from './forecast-options';

/**
 * The question that several plans are asked.
 */
export interface CompareOptions extends ForecastOptions {
  /**
   * What the costs depend on.
   *
   * @default - the on-demand prices of N. Virginia
   */
  readonly cost?: CostOptions;
}
