/** The two bounds that a bisection ends with. They are so close that either can be used. */
export interface Bisection {
  /** The highest value for which the condition is known to be true. */
  readonly inside: number;
  /** The lowest value for which it is known to be false. */
  readonly outside: number;
}

/**
 * Finds by bisection the value up to which a condition is true.
 *
 * @param max a value for which the condition is false.
 * @param steps each step halves the distance between the returned bounds.
 */
export function bisect(condition: (value: number) => boolean, max: number, steps: number): Bisection {
  let inside = 0;
  let outside = max;
  for (let step = 0; step < steps; step++) {
    const middle = (inside + outside) / 2;
    if (condition(middle)) inside = middle;
    else outside = middle;
  }
  return { inside, outside };
}
