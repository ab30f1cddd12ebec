import type { TrafficPhase, TrafficPhases } from './traffic-phases';

/**
 * A recorded load: each value lasts until the next one.
 *
 * It is stored as two columns of numbers: a month of seconds is 2.6 million rows, which take 42 MB here and 250 MB as objects.
 */
export class Trace implements TrafficPhases {
  public readonly seconds: number;

  /** @param endsAtSeconds when each row ends, growing; the first row begins at 0. */
  public constructor(
    private readonly endsAtSeconds: Float64Array,
    private readonly values: Float64Array,
    private readonly kind: TrafficPhase['kind'] = 'rps',
  ) {
    this.seconds = endsAtSeconds.at(-1) ?? 0;
  }

  public get length(): number {
    return this.endsAtSeconds.length;
  }

  public at(index: number): TrafficPhase | undefined {
    const value = this.values[index];
    if (value === undefined) return undefined;
    const durationSeconds = this.endsAtSeconds[index]! - (index === 0 ? 0 : this.endsAtSeconds[index - 1]!);
    return { kind: this.kind, from: value, to: value, thinkSeconds: 0, durationSeconds };
  }

  public *[Symbol.iterator](): Iterator<TrafficPhase> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
