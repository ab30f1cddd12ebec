import type { Statistic } from '../metrics/metric';

/** The value of one metric period; NaN if none was reported. */
export type Datapoint = number;

/** The datapoints of one metric at a fixed resolution, each available after a delay as in CloudWatch. */
export class MetricSeries {
  /** A ring buffer of the last datapoints: NaN for a period without one. */
  private values = new Float64Array(0);
  /** The second from which each of them is available. */
  private availableAtSeconds = new Float64Array(0);
  private addedCount = 0;

  /**
   * @param statistic how several datapoints of one alarm period are aggregated.
   * @param delaySeconds from the end of a period until its datapoint is available.
   */
  public constructor(
    public readonly resolutionSeconds: number,
    private readonly statistic: Statistic,
    private readonly delaySeconds: number,
  ) {
    this.retain(1);
  }

  /** The number of datapoints that are retained. */
  public get size(): number {
    return this.values.length;
  }

  /** Retains at least this number of available datapoints from now on, and those that are not available yet. */
  public retain(availableCount: number): void {
    const size = availableCount + Math.ceil(this.delaySeconds / this.resolutionSeconds) + 1;
    if (size <= this.values.length) return;
    const values = new Float64Array(size);
    const availableAtSeconds = new Float64Array(size);
    for (let index = Math.max(0, this.addedCount - this.values.length); index < this.addedCount; index++) {
      values[index % size] = this.values[index % this.values.length]!;
      availableAtSeconds[index % size] = this.availableAtSeconds[index % this.values.length]!;
    }
    this.values = values;
    this.availableAtSeconds = availableAtSeconds;
  }

  /** Adds a datapoint, or undefined for a period without one. */
  public add(value: number | undefined, nowSeconds: number): void {
    const slot = this.addedCount++ % this.values.length;
    this.values[slot] = value ?? Number.NaN;
    this.availableAtSeconds[slot] = nowSeconds + this.delaySeconds;
  }

  /**
   * Writes the newest available periods, oldest first, into an array that is reused.
   *
   * Periods end with the newest available datapoint: CloudWatch evaluates a period of several minutes as a sliding window.
   *
   * @param datapointsPerPeriod the datapoints that are aggregated to one period of the alarm.
   */
  public read(nowSeconds: number, periods: number, datapointsPerPeriod: number, into: Datapoint[]): void {
    const availableCount = this.availableCount(nowSeconds);
    const retainedCount = availableCount - Math.max(0, this.addedCount - this.values.length);
    const periodCount = Math.max(0, Math.min(periods, Math.floor(retainedCount / datapointsPerPeriod)));
    if (into.length !== periodCount) into.length = periodCount;
    for (let period = 0; period < periodCount; period++) {
      const firstIndex = availableCount - (periodCount - period) * datapointsPerPeriod;
      into[period] =
        datapointsPerPeriod === 1 ? this.values[firstIndex % this.values.length]! : this.aggregate(firstIndex, datapointsPerPeriod);
    }
  }

  /** The number of datapoints up to the newest available one. */
  private availableCount(nowSeconds: number): number {
    const oldest = Math.max(0, this.addedCount - this.values.length);
    let newest = this.addedCount;
    while (newest > oldest && this.availableAtSeconds[(newest - 1) % this.values.length]! > nowSeconds) newest -= 1;
    return newest;
  }

  private aggregate(firstIndex: number, datapointsPerPeriod: number): Datapoint {
    let reportedCount = 0;
    let result = 0;
    for (let index = firstIndex; index < firstIndex + datapointsPerPeriod; index++) {
      const value = this.values[index % this.values.length]!;
      if (Number.isNaN(value)) continue;
      reportedCount += 1;
      if (reportedCount === 1) result = value;
      else if (this.statistic === 'Maximum') result = Math.max(result, value);
      else if (this.statistic === 'Minimum') result = Math.min(result, value);
      else result += value;
    }
    if (reportedCount === 0) return Number.NaN;
    return this.isAveraged ? result / reportedCount : result;
  }

  private get isAveraged(): boolean {
    return this.statistic === 'Average' || this.statistic.startsWith('p');
  }
}
