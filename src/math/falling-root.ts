/** The search ends when the bounds are this close, as a share of the higher one. */
const PRECISION = 1e-9;

/** Every so many steps the interval is halved, so that the search also ends where the function has a step. */
const STEPS_PER_BISECTION = 3;

/**
 * Where a function that never rises reaches a value: the upper one of two bounds that are within a billionth of each other.
 *
 * Secant steps on the logarithm of the function find it in a few evaluations where it falls exponentially.
 *
 * @param valueAt at least 0.
 * @param target above 0; at least the value at `high`, and at most the value at `low`.
 */
export function fallingRoot(valueAt: (position: number) => number, target: number, low: number, high: number): number {
  let [below, above] = [low, high];
  let [excessBelow, excessAbove] = [excessOf(valueAt(below), target), excessOf(valueAt(above), target)];
  for (let step = 1; above - below > PRECISION * above; step++) {
    const share = excessBelow / (excessBelow - excessAbove);
    const isSecant = step % STEPS_PER_BISECTION !== 0 && share > 0 && share < 1;
    const position = below + (isSecant ? share : 0.5) * (above - below);
    if (position <= below || position >= above) break;
    const excess = excessOf(valueAt(position), target);
    if (excess > 0) {
      below = position;
      excessBelow = excess;
      // the other end gets half its weight, so that the steps do not creep up from one side.
      excessAbove /= 2;
    } else {
      above = position;
      excessAbove = excess;
      excessBelow /= 2;
    }
  }
  return above;
}

/** A value of 0 is infinitely far below the target. */
function excessOf(value: number, target: number): number {
  return value > 0 ? Math.log(value / target) : Number.NEGATIVE_INFINITY;
}
