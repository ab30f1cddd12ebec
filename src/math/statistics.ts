/** The standard normal quantiles of the 95th and the 99th percentile. */
const P95_DEVIATIONS = 1.644_853_627;
const P99_DEVIATIONS = 2.326_347_874;

/** Percentiles of one distribution. */
export interface KnownPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Quantiles are limited to this number of standard deviations. */
const MAX_DEVIATIONS = 4;

/**
 * Any percentile of a distribution with three known percentiles: between them, and beyond them, it is taken to be lognormal, as latencies are
 * approximately.
 *
 * @param percentile from 0 to 100.
 */
export function percentileBetween({ p50, p95, p99 }: KnownPercentiles, percentile: number): number {
  if (percentile === 99) return p99;
  if (percentile === 95 || p50 <= 0) return p95;
  const deviations = normalQuantile(percentile / 100);
  return percentile < 95
    ? p50 * portablePow(p95 / p50, deviations / P95_DEVIATIONS)
    : p95 * portablePow(p99 / p95, (deviations - P95_DEVIATIONS) / (P99_DEVIATIONS - P95_DEVIATIONS));
}

/** The standard normal quantile, to within 0.00045 (Abramowitz and Stegun 1964, formula 26.2.23). */
export function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability);
  if (tail === 0.5) return 0;
  if (!(tail > 0)) return probability < 0.5 ? -MAX_DEVIATIONS : MAX_DEVIATIONS;
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515_517 + 0.802_853 * t + 0.010_328 * t * t;
  const denominator = 1 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t;
  const deviations = Math.min(MAX_DEVIATIONS, t - numerator / denominator);
  return probability < 0.5 ? -deviations : deviations;
}

/** The arithmetic mean of at least one number. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * A number above 0 raised to any power.
 *
 * `**` and `Math.pow` differ in their last digits between versions of Node; `Math.exp` and `Math.log` do not.
 */
export function portablePow(base: number, exponent: number): number {
  return Math.exp(exponent * Math.log(base));
}
