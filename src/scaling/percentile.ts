import { power } from './power';

/** The standard normal quantile of the 95th percentile. */
const P95_DEVIATIONS = 1.644_853_627;

/** Beyond this the normal distribution has nothing to say. */
const MOST_DEVIATIONS = 4;

/**
 * Any percentile of the lognormal distribution that has the two that are known: latencies are about lognormal.
 *
 * @param percentile from 0 to 100.
 */
export function percentileBetween({ p50, p95 }: { readonly p50: number; readonly p95: number }, percentile: number): number {
  if (percentile === 95 || p50 <= 0) return p95;
  return p50 * power(p95 / p50, normalQuantile(percentile / 100) / P95_DEVIATIONS);
}

/** The standard normal quantile, to within 0.00045 (Abramowitz and Stegun 1964, formula 26.2.23). */
export function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  if (tail === 0.5) return 0;
  if (!(tail > 0)) return share < 0.5 ? -MOST_DEVIATIONS : MOST_DEVIATIONS;
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515_517 + 0.802_853 * t + 0.010_328 * t * t;
  const denominator = 1 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t;
  const size = Math.min(MOST_DEVIATIONS, t - numerator / denominator);
  return share < 0.5 ? -size : size;
}
