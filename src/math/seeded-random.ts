/** A uniform distribution from `min` to `max`. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A lognormal distribution. */
export interface Lognormal {
  readonly median: number;
  /** The standard deviation of the logarithm. */
  readonly sigma: number;
}

/**
 * A seeded random number generator: the same seed gives the same numbers on every machine.
 *
 * The generator is mulberry32 (public domain, Tommy Ettinger), with 32 bits of state.
 */
export class SeededRandom {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A uniformly distributed number from 0 (inclusive) to 1 (exclusive). */
  public uniform(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A uniformly distributed number from a range. */
  public uniformIn(range: Range): number {
    return range.min + (range.max - range.min) * this.uniform();
  }

  /** A lognormally distributed number. */
  public lognormal(distribution: Lognormal): number {
    return distribution.median * Math.exp(distribution.sigma * this.normal());
  }

  /** A number with the standard normal distribution, by the method of Box and Muller (1958). */
  public normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}
