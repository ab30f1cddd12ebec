import type { Range, Spread } from '../scaling/aws-behavior';

/**
 * Seeded chance: the same seed draws the same numbers on every machine.
 *
 * The generator is mulberry32 (public domain, Tommy Ettinger): 32 bits of
 * state, and enough for draws by the thousand.
 */
export class Chance {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to but not including 1. */
  public unit(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  public within(range: Range): number {
    return range.least + (range.most - range.least) * this.unit();
  }

  /** A lognormal draw: half of them lie below the median. */
  public around(spread: Spread): number {
    return spread.median * Math.exp(spread.sigma * this.normal());
  }

  /** A standard normal draw, by the method of Box and Muller (1958). */
  public normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}
