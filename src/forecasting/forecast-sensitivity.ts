import type { ForecastBand } from './forecast-band';

/**
 * What a forecast would say if AWS behaved differently where it does not say how it behaves.
 */
export interface ForecastSensitivity {
  /**
   * The setting, by its name in the model, such as `scaleInStep` or `metricDelaySeconds`.
   */
  readonly setting: string;

  /**
   * The other value, as JSON.
   */
  readonly value: string;

  /**
   * Where the numbers lie then.
   */
  readonly band: ForecastBand;
}
