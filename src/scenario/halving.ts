/** Two places so close that it does not matter which of them is taken. */
export interface Edge {
  /** Where the claim still holds, as far as is known. */
  readonly inside: number;
  /** Where it does not hold any more. */
  readonly outside: number;
}

/**
 * Where a claim stops holding that holds from 0 up to some place.
 *
 * @param most a place at which it does not hold.
 * @param halvings each halves the distance between the two places that are returned.
 */
export function edgeOf(holds: (place: number) => boolean, most: number, halvings: number): Edge {
  let inside = 0;
  let outside = most;
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return { inside, outside };
}
