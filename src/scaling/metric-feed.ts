import { isCpuUtilization, isHighResolution } from '../plan/metric';
import type { ScalingPolicy } from '../plan/policy';
import type { AwsBehavior } from './aws-behavior';
import type { FleetCounters } from './fleet';
import { type Measured, measure } from './measurement';
import { MetricSeries } from './metric-series';

/** From the end of a metric period until its datapoint is visible. */
export interface MetricDelays {
  readonly metricDelaySeconds: number;
  readonly highResolutionDelaySeconds: number;
}

/** One metric that some alarm looks at. */
interface Source {
  readonly key: string;
  readonly measured: Measured;
  readonly series: MetricSeries;
  /** Readings of the series between two reports; the ones between hold nothing. */
  readonly readingsPerReport: number;
  readings: number;
  before: FleetCounters;
}

/** Turns what a fleet counts into the metrics that alarms look at, each measured once however many alarms share it. */
export class MetricFeed {
  private readonly sources: Source[] = [];

  public constructor(
    private readonly behavior: AwsBehavior,
    private readonly delays: MetricDelays,
    private readonly policy: Pick<ScalingPolicy, 'platform' | 'cpuReportSeconds'>,
    private readonly start: FleetCounters,
  ) {}

  /** The series of a metric; asking for it makes sure that it is measured. */
  public series(measured: Measured): MetricSeries {
    const key = `${measured.metric} ${measured.statistic ?? 'Average'} ${measured.leastRequestsPerMinute ?? 0}`;
    const known = this.sources.find((source) => source.key === key);
    if (known !== undefined) return known.series;
    const source = this.sourceOf(key, measured);
    this.sources.push(source);
    return source.series;
  }

  /** Reports what was counted in the period that ends now to every series of that resolution. */
  public report(resolutionSeconds: number, nowSeconds: number, counters: FleetCounters): void {
    for (const source of this.sources) {
      if (source.series.resolutionSeconds !== resolutionSeconds) continue;
      source.readings += 1;
      const isReport = source.readings % source.readingsPerReport === 0;
      source.series.add(isReport ? this.take(source, counters) : undefined, nowSeconds);
    }
  }

  private take(source: Source, counters: FleetCounters): number | undefined {
    const value = measure(source.measured, source.before, counters, this.behavior.requestCountDenominator);
    source.before = counters;
    return value;
  }

  private sourceOf(key: string, measured: Measured): Source {
    const { periodSeconds, highResolutionPeriodSeconds } = this.behavior;
    const isHigh = isHighResolution(measured.metric);
    const resolutionSeconds = isHigh ? highResolutionPeriodSeconds : periodSeconds;
    const delaySeconds = isHigh ? this.delays.highResolutionDelaySeconds : this.delays.metricDelaySeconds;
    const isInstanceCpu = this.policy.platform === 'ec2' && isCpuUtilization(measured.metric);
    return {
      key,
      measured,
      series: new MetricSeries(resolutionSeconds, measured.statistic ?? 'Average', delaySeconds),
      readingsPerReport: isInstanceCpu ? Math.max(1, Math.round(this.policy.cpuReportSeconds / resolutionSeconds)) : 1,
      readings: 0,
      before: this.start,
    };
  }
}
