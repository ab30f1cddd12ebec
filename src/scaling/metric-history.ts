import type { Datapoint } from './alarm';

/** The datapoints of one metric, each visible only after CloudWatch has made it so. */
export class MetricHistory {
  private readonly points: { readonly visibleAtSeconds: number; readonly value: Datapoint }[] = [];

  /** @param depth how many datapoints are kept. */
  public constructor(private readonly depth: number) {}

  /** Adds the datapoint of a period, also where nothing was reported in it. */
  public add(value: Datapoint, visibleAtSeconds: number): void {
    this.points.push({ visibleAtSeconds, value });
    if (this.points.length > this.depth) this.points.shift();
  }

  /** The newest datapoints that are visible, oldest first, at most `count`. */
  public visible(nowSeconds: number, count: number): Datapoint[] {
    return this.points
      .filter((point) => point.visibleAtSeconds <= nowSeconds)
      .slice(-count)
      .map((point) => point.value);
  }
}
