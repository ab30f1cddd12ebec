import { countersBetween, type FleetCounters, scaledCounters } from '../metrics/fleet-counters';
import { isCpuUtilization, isHighResolution, type ScalingMetric, type Statistic, signalOf } from '../metrics/metric';
import type { CountingRules } from '../metrics/signals';
import type { ScalingPolicy } from '../plan/policy';
import { REQUEST_COUNT_PERIOD_SECONDS } from '../plan/target-tracking';
import type { AwsBehavior } from './aws-behavior';
import { MetricSeries } from './metric-series';

/** When metric periods end, and the delays until their datapoints are available. */
export interface MetricTiming {
  /** The end of the first metric period, in seconds of the scenario. */
  readonly firstPeriodEndsAtSeconds: number;
  /** From the end of a metric period until its datapoint is available. */
  readonly metricDelaySeconds: number;
  readonly highResolutionDelaySeconds: number;
}

/** One metric that an alarm evaluates. */
interface PublishedMetric {
  /** The metric and its statistic: alarms that have both in common share the series. */
  readonly seriesName: string;
  readonly metric: MeasuredMetric;
  readonly series: MetricSeries;
  /** Periods of the series for each datapoint; the other periods have none. */
  readonly periodsPerDatapoint: number;
  /** Periods since the start. */
  periodCount: number;
  /** The counters at the last datapoint. */
  lastCounters: FleetCounters;
}

/** Publishes the counters of a fleet as the metrics that alarms evaluate. Alarms on the same metric share one series. */
export class MetricFeed {
  private readonly publishedMetrics: PublishedMetric[] = [];

  public constructor(
    private readonly behavior: AwsBehavior,
    private readonly timing: MetricTiming,
    private readonly policy: Pick<ScalingPolicy, 'platform' | 'cpuReportSeconds'>,
    private readonly startCounters: FleetCounters,
    private readonly historyPerSecond?: FleetCounters,
  ) {}

  /** The series of a metric, which is measured from now on. */
  public series(measured: MeasuredMetric): MetricSeries {
    const seriesName = `${measured.metric} ${measured.statistic ?? 'Average'} ${measured.minRequestsPerMinute ?? 0}`;
    const existing = this.publishedMetrics.find((published) => published.seriesName === seriesName);
    if (existing !== undefined) return existing.series;
    const published = this.publishedMetricOf(seriesName, measured);
    this.publishedMetrics.push(published);
    return published.series;
  }

  /** Adds a datapoint for the period that ends now to every series of a resolution. */
  public publish(resolutionSeconds: number, nowSeconds: number, counters: FleetCounters): void {
    for (const published of this.publishedMetrics) {
      if (published.series.resolutionSeconds !== resolutionSeconds) continue;
      published.periodCount += 1;
      const hasDatapoint = published.periodCount % published.periodsPerDatapoint === 0;
      published.series.add(hasDatapoint ? this.takeDatapoint(published, counters) : undefined, nowSeconds);
    }
  }

  /**
   * Adds the datapoints of the periods before the start, as many as the alarms evaluate. To be called once all alarms retain theirs.
   *
   * Without a history, metrics begin at the start, and the first period is a shorter one.
   */
  public addHistory(): void {
    const { historyPerSecond } = this;
    if (historyPerSecond === undefined) return;
    for (const { metric, series, periodsPerDatapoint } of this.publishedMetrics) {
      const { resolutionSeconds } = series;
      const counted = scaledCounters(historyPerSecond, resolutionSeconds * periodsPerDatapoint);
      const value = datapointOf(metric, counted, this.behavior);
      for (let periodsAgo = series.size; periodsAgo >= 1; periodsAgo--) {
        const hasDatapoint = (periodsAgo - 1) % periodsPerDatapoint === 0;
        const endSeconds = this.firstEndSeconds(resolutionSeconds) - periodsAgo * resolutionSeconds;
        series.add(hasDatapoint ? value : undefined, endSeconds);
      }
    }
  }

  /** The end of the first period of a resolution that ends after the start. */
  private firstEndSeconds(resolutionSeconds: number): number {
    const { firstPeriodEndsAtSeconds } = this.timing;
    return firstPeriodEndsAtSeconds - Math.max(0, Math.ceil(firstPeriodEndsAtSeconds / resolutionSeconds) - 1) * resolutionSeconds;
  }

  /** The counters when the first period of a resolution began, which is before the start. */
  private countersAtFirstPeriod(resolutionSeconds: number): FleetCounters {
    const { historyPerSecond, startCounters } = this;
    if (historyPerSecond === undefined) return startCounters;
    const secondsAgo = resolutionSeconds - this.firstEndSeconds(resolutionSeconds);
    return countersBetween(scaledCounters(historyPerSecond, secondsAgo), startCounters);
  }

  private takeDatapoint(published: PublishedMetric, counters: FleetCounters): number | undefined {
    const value = datapointOf(published.metric, countersBetween(published.lastCounters, counters), this.behavior);
    published.lastCounters = counters;
    return value;
  }

  private publishedMetricOf(seriesName: string, measured: MeasuredMetric): PublishedMetric {
    const { periodSeconds, highResolutionPeriodSeconds } = this.behavior;
    const isHighResolutionMetric = isHighResolution(measured.metric);
    const resolutionSeconds = isHighResolutionMetric ? highResolutionPeriodSeconds : periodSeconds;
    const delaySeconds = isHighResolutionMetric ? this.timing.highResolutionDelaySeconds : this.timing.metricDelaySeconds;
    const isInstanceCpu = this.policy.platform === 'ec2' && isCpuUtilization(measured.metric) && !isHighResolutionMetric;
    return {
      seriesName,
      metric: measured,
      series: new MetricSeries(resolutionSeconds, measured.statistic ?? 'Average', delaySeconds),
      periodsPerDatapoint: isInstanceCpu ? Math.max(1, Math.round(this.policy.cpuReportSeconds / resolutionSeconds)) : 1,
      periodCount: 0,
      lastCounters: this.countersAtFirstPeriod(resolutionSeconds),
    };
  }
}

/** A metric with its statistic. */
export interface MeasuredMetric {
  readonly metric: ScalingMetric;
  /** @default - Average */
  readonly statistic?: Statistic;
  /**
   * Requests per minute, of all tasks together, below which the value is 0.
   *
   * @default - none
   */
  readonly minRequestsPerMinute?: number;
}

/** The datapoint that CloudWatch has for a period in which this was counted; undefined if it has none. */
export function datapointOf(
  { metric, statistic = 'Average', minRequestsPerMinute = 0 }: MeasuredMetric,
  counted: FleetCounters,
  rules: CountingRules,
): number | undefined {
  if (counted.requests < (minRequestsPerMinute * counted.seconds) / REQUEST_COUNT_PERIOD_SECONDS) return 0;
  return signalOf(metric).measure(counted, statistic, rules);
}
