import type { Statistic } from '../plan/metric';
import type { Datapoint } from './alarm';

/** The readings of one metric at a fixed pace, each visible only after CloudWatch has made it so. */
export class MetricSeries {
  private values = new Float64Array(0);
  private visibleAtSeconds = new Float64Array(0);
  private added = 0;

  /**
   * @param statistic how readings become one where a period holds several.
   * @param delaySeconds from a reading until it is visible.
   */
  public constructor(
    public readonly resolutionSeconds: number,
    private readonly statistic: Statistic,
    private readonly delaySeconds: number,
  ) {
    this.keep(1);
  }

  /** Keeps at least so many readings from now on, and beside them those that are not visible yet. */
  public keep(visibleReadings: number): void {
    const readings = visibleReadings + Math.ceil(this.delaySeconds / this.resolutionSeconds) + 1;
    if (readings <= this.values.length) return;
    const values = new Float64Array(readings);
    const visibleAtSeconds = new Float64Array(readings);
    for (let index = Math.max(0, this.added - this.values.length); index < this.added; index++) {
      values[index % readings] = this.values[index % this.values.length]!;
      visibleAtSeconds[index % readings] = this.visibleAtSeconds[index % this.values.length]!;
    }
    this.values = values;
    this.visibleAtSeconds = visibleAtSeconds;
  }

  /** Adds a reading, also where nothing was reported. */
  public add(value: Datapoint, nowSeconds: number): void {
    const slot = this.added++ % this.values.length;
    this.values[slot] = value ?? Number.NaN;
    this.visibleAtSeconds[slot] = nowSeconds + this.delaySeconds;
  }

  /**
   * Writes the newest periods that are visible, oldest first, into a list that is used again and again.
   *
   * Periods end with the newest reading that is visible: CloudWatch moves a period that is longer than a minute on with every minute.
   *
   * @param readings how many make one period.
   */
  public read(nowSeconds: number, periods: number, readings: number, into: Datapoint[]): void {
    const newest = this.newestVisible(nowSeconds);
    const kept = newest - Math.max(0, this.added - this.values.length);
    const count = Math.max(0, Math.min(periods, Math.floor(kept / readings)));
    into.length = count;
    for (let period = 0; period < count; period++) {
      into[count - 1 - period] = this.together(newest - (period + 1) * readings, readings);
    }
  }

  /** How many readings were added up to and with the newest one that is visible. */
  private newestVisible(nowSeconds: number): number {
    const oldest = Math.max(0, this.added - this.values.length);
    let newest = this.added;
    while (newest > oldest && this.visibleAtSeconds[(newest - 1) % this.values.length]! > nowSeconds) newest -= 1;
    return newest;
  }

  private together(first: number, readings: number): Datapoint {
    let reported = 0;
    let result = 0;
    for (let index = first; index < first + readings; index++) {
      const value = this.values[index % this.values.length]!;
      if (Number.isNaN(value)) continue;
      reported += 1;
      if (reported === 1) result = value;
      else if (this.statistic === 'Maximum') result = Math.max(result, value);
      else if (this.statistic === 'Minimum') result = Math.min(result, value);
      else result += value;
    }
    if (reported === 0) return undefined;
    return this.isAveraged ? result / reported : result;
  }

  private get isAveraged(): boolean {
    return this.statistic === 'Average' || this.statistic.startsWith('p');
  }
}
