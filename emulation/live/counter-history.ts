/** Counters at a moment. */
export interface CounterSample {
  readonly atMillis: number;
  readonly counters: Readonly<Record<string, number>>;
}

/** How long samples are retained, on the wall clock. */
const RETENTION_MILLIS = 3 * 3_600_000;

/** The counters of one service over time, on the wall clock. */
export class CounterHistory {
  private samples: CounterSample[] = [];

  public add(sample: CounterSample): void {
    this.samples.push(sample);
    const oldestMillis = sample.atMillis - RETENTION_MILLIS;
    // removes them in batches: the array is long.
    if (this.samples[0]!.atMillis < oldestMillis - RETENTION_MILLIS / 10)
      this.samples = this.samples.filter(({ atMillis }) => atMillis >= oldestMillis);
  }

  /** When the first retained sample was taken; undefined before it. */
  public get startMillis(): number | undefined {
    return this.samples[0]?.atMillis;
  }

  /** What was counted between two moments, by the last samples before them; undefined if no time passed in between. */
  public between(fromMillis: number, untilMillis: number): Readonly<Record<string, number>> | undefined {
    const first = this.lastAt(fromMillis) ?? this.samples[0];
    const last = this.lastAt(untilMillis);
    if (first === undefined || last === undefined || last.atMillis <= first.atMillis) return undefined;
    return Object.fromEntries(Object.entries(last.counters).map(([name, count]) => [name, count - (first.counters[name] ?? 0)]));
  }

  /** What was counted between each two samples of a range. */
  public steps(fromMillis: number, untilMillis: number): readonly Readonly<Record<string, number>>[] {
    const moments = this.samples.map(({ atMillis }) => atMillis).filter((atMillis) => atMillis >= fromMillis && atMillis <= untilMillis);
    return moments
      .slice(1)
      .map((atMillis, index) => this.between(moments[index]!, atMillis))
      .filter((counted) => counted !== undefined);
  }

  /** The last sample at a moment or before it. */
  private lastAt(atMillis: number): CounterSample | undefined {
    let low = 0;
    let high = this.samples.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.samples[middle]!.atMillis <= atMillis) low = middle + 1;
      else high = middle;
    }
    return this.samples[low - 1];
  }
}
