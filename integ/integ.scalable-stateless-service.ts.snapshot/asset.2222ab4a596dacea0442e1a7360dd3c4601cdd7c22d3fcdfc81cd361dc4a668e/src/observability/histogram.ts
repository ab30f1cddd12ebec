/** Counts values by size, in the way Prometheus wants them: typed arrays, because it is fed by every request. */
export class Histogram {
  private readonly counts: Float64Array;
  private sum = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let bucket = 0;
    while (value > this.bounds[bucket]) bucket++;
    this.counts[bucket]++;
    this.sum += value;
  }

  /** The lines of this histogram; `labels` has the form `route="/",status="2xx"`. */
  lines(name: string, labels: string): string[] {
    let total = 0;
    const buckets = [...this.bounds, '+Inf'].map((bound, index) => {
      total += this.counts[index];
      return `${name}_bucket{${labels},le="${bound}"} ${total}`;
    });
    return [...buckets, `${name}_sum{${labels}} ${this.sum}`, `${name}_count{${labels}} ${total}`];
  }
}
