/** The distribution of the maximum of a random walk that starts at 0. */
export interface WalkMaximum {
  readonly mean: number;
  /** The probability that it is above 0. */
  readonly probability: number;
}

/** Below this drift the expansions of Chang and Peres are used, above it the series of Spitzer. */
const SMALL_DRIFT = 0.3;

/** zeta(1/2) and zeta(-1/2) over the square root of 2 pi. */
const ZETA_HALF = -0.582_597_157_9;
const ZETA_MINUS_HALF = -0.082_936_5;

/** Terms of Spitzer's series; at the smallest drift it is used for, the next ones add less than a thousandth. */
const TERMS = 120;

/**
 * The maximum of a Gaussian random walk that moves down by `drift` standard deviations a step.
 *
 * Spitzer's identities, with S_k the walk after k steps: the mean is the sum of E[(S_k)+] / k, and no step is above 0
 * with probability exp(-sum of P(S_k > 0) / k). They converge fast for a steep walk. For a flat one the first terms of
 * the expansions of Chang and Peres are exact to within a hundredth (Ladder heights, Gaussian random walks and
 * the Riemann zeta function, Annals of Probability 25, 1997).
 */
export function walkMaximum(drift: number): WalkMaximum {
  if (drift <= 0) return { mean: Number.POSITIVE_INFINITY, probability: 1 };
  return drift < SMALL_DRIFT ? flatWalk(drift) : steepWalk(drift);
}

function flatWalk(drift: number): WalkMaximum {
  return {
    mean: 1 / (2 * drift) + ZETA_HALF + drift / 4 + (ZETA_MINUS_HALF / 2) * drift * drift,
    probability: 1 - Math.SQRT2 * drift * Math.exp(ZETA_HALF * drift),
  };
}

function steepWalk(drift: number): WalkMaximum {
  let mean = 0;
  let sum = 0;
  for (let step = 1; step <= TERMS; step++) {
    const root = Math.sqrt(step);
    const threshold = drift * root;
    const density = Math.exp((-threshold * threshold) / 2) / Math.sqrt(2 * Math.PI);
    const tail = upperTail(threshold, density);
    mean += Math.max(0, density - threshold * tail) / root;
    sum += tail / step;
    if (tail < 1e-7) break;
  }
  return { mean, probability: 1 - Math.exp(-sum) };
}

/** The normal tail by Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17: within 7.5e-8. */
function upperTail(threshold: number, density: number): number {
  const t = 1 / (1 + 0.231_641_9 * threshold);
  return density * t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
}
