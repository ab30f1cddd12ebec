/**
 * The first index of an ascending list that is not before what is looked for, found by bisection; the length if all are.
 *
 * @param isBefore whether the element at an index is before it.
 */
export function firstIndexNotBefore(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
