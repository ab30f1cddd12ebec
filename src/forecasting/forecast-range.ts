/**
 * Where a number lies over many seeds.
 */
export interface ForecastRange {
  /**
   * 5 of 100 seeds are below.
   */
  readonly low: number;

  /**
   * As many seeds are below as are above.
   */
  readonly median: number;

  /**
   * 95 of 100 seeds are below.
   */
  readonly high: number;
}
