/**
 * The only clock of this package.
 *
 * A forecast runs on simulated time, a rehearsal on wall time. Whatever is
 * written against this interface runs in both without a change.
 */
export interface Time {
  /** Seconds of the scenario that have passed. */
  readonly nowSeconds: number;

  /**
   * Runs a step once, when the given number of scenario seconds has passed.
   *
   * @returns the function that calls it off.
   */
  after(delaySeconds: number, run: () => void): Cancel;
}

/** Calls off what was started. Calling it twice does no harm. */
export type Cancel = () => void;
