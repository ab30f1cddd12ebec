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

/**
 * The share of a distribution with three known percentiles that is above a value, with the same curve as `percentileBetween`; 0 or 1 where
 * all but one in 30,000 are on one side of it.
 */
export function shareAbove({ p50, p95, p99 }: KnownPercentiles, value: number): number {
  const deviations =
    value < p95
      ? deviationsBetween({ value: p50, deviations: 0 }, { value: p95, deviations: P95_DEVIATIONS }, value)
      : deviationsBetween({ value: p95, deviations: P95_DEVIATIONS }, { value: p99, deviations: P99_DEVIATIONS }, value);
  if (Math.abs(deviations) >= MAX_DEVIATIONS) return deviations > 0 ? 0 : 1;
  return deviations >= 0 ? normalTail(deviations) : 1 - normalTail(-deviations);
}

/** A percentile of a lognormal distribution, and how many standard deviations its logarithm is above the mean. */
interface Percentile {
  readonly value: number;
  readonly deviations: number;
}

/** The standard deviations of a value of the lognormal distribution through two percentiles. Where both are the same, all values are that one. */
function deviationsBetween(lower: Percentile, upper: Percentile, value: number): number {
  if (!(upper.value > lower.value)) return value < lower.value ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const share = lower.value > 0 ? Math.log(value / lower.value) / Math.log(upper.value / lower.value) : 1;
  return lower.deviations + share * (upper.deviations - lower.deviations);
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
