/** Steps that people count in, within a power of ten. */
const ROUND_STEPS = [1, 2, 5, 10];

/** An axis from nothing up. */
export interface Ticks {
  /** Round values at even distances, from 0 to the top. */
  readonly values: readonly number[];
  readonly top: number;
}

/**
 * Round ticks from 0 to the first that is not below the highest value.
 *
 * @param highest what must fit on the axis, at least 0.
 * @param steps how many distances to part it into, at most.
 * @param isWhole whether only whole numbers make sense, as with tasks.
 */
export function ticksUpTo(highest: number, steps: number, isWhole = false): Ticks {
  const step = roundStep(highest > 0 ? highest / steps : 1 / steps, isWhole);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  // counted, not added up: a sum of tenths collects dust.
  const values = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { values, top: values.at(-1)! };
}

/** The smallest round number that is not below the one given. */
function roundStep(least: number, isWhole: boolean): number {
  let power = 1;
  while (power > least) power /= 10;
  while (power * 10 < least) power *= 10;
  const step = Number((power * ROUND_STEPS.find((round) => power * round >= least * (1 - 1e-9))!).toPrecision(12));
  return isWhole ? Math.max(1, step) : step;
}
