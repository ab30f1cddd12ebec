/** The standard normal quantile of the 95th percentile. */
const P95_DEVIATIONS = 1.644_853_627;

/** Quantiles are limited to this number of standard deviations. */
const MAX_DEVIATIONS = 4;

/**
 * Any percentile of the lognormal distribution with two known percentiles. Latencies are approximately lognormal.
 *
 * @param percentile from 0 to 100.
 */
export function percentileBetween({ p50, p95 }: { readonly p50: number; readonly p95: number }, percentile: number): number {
  if (percentile === 95 || p50 <= 0) return p95;
  return p50 * portablePow(p95 / p50, normalQuantile(percentile / 100) / P95_DEVIATIONS);
}

/**
 * The share of a lognormal distribution with two known percentiles that is above a value; 0 or 1 where all but one in 30,000 are on one
 * side of it.
 */
export function shareAbove({ p50, p95 }: { readonly p50: number; readonly p95: number }, value: number): number {
  const spread = Math.log(p95 / p50) / P95_DEVIATIONS;
  if (!(spread > 0)) return p50 > value ? 1 : 0;
  const deviations = Math.log(value / p50) / spread;
  if (Math.abs(deviations) >= MAX_DEVIATIONS) return deviations > 0 ? 0 : 1;
  return deviations >= 0 ? normalTail(deviations) : 1 - normalTail(-deviations);
}

/** The upper tail of the standard normal distribution from 0 on, to within 0.00001 (Abramowitz and Stegun 1964, formula 26.2.16). */
function normalTail(deviations: number): number {
  const t = 1 / (1 + 0.332_67 * deviations);
  const density = Math.exp((-deviations * deviations) / 2) / Math.sqrt(2 * Math.PI);
  return density * t * (0.436_183_6 + t * (-0.120_167_6 + t * 0.937_298));
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
