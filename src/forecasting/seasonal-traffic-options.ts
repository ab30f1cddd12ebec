/**
 * A load that swings with the hours of the day.
 */
export interface DailyTrafficOptions {
  /**
   * The mean over a weekday, from 0 to 250,000 requests per second.
   */
  readonly meanRequestsPerSecond: number;

  /**
   * How far the busiest hour is above the mean, and the quietest below it, in percent of the mean: from 0 to 100.
   *
   * @default 50
   */
  readonly swingPercent?: number;

  /**
   * The busiest hour of a day, from 0 to below 24; may be a fraction.
   *
   * @default 14
   */
  readonly peakHour?: number;

  /**
   * How many days, from 1 to 31.
   *
   * @default - one for `Traffic.daily`, seven for `Traffic.weekly`
   */
  readonly days?: number;
}

/**
 * A load that swings with the hours of the day and the days of the week.
 */
export interface WeeklyTrafficOptions extends DailyTrafficOptions {
  /**
   * What a Saturday or a Sunday brings, in percent of a weekday: from 0 to 200.
   *
   * @default 50
   */
  readonly weekendPercent?: number;
}
