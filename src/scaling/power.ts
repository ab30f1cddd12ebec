/**
 * A number above 0 raised to any power.
 *
 * `**` and `Math.pow` differ in their last digits between versions of Node; these two functions do not.
 */
export function power(base: number, exponent: number): number {
  return Math.exp(exponent * Math.log(base));
}
