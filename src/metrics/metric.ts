import { countersBetween, type FleetCounters } from './fleet-counters';
import type { ClientLatencies } from './latency-percentiles';
import {
  type CountingRules,
  type Metric,
  type ScalingMetric,
  SIGNALS,
  type Signal,
  type SignalValues,
  type Statistic,
  type Unit,
} from './signals';

export type { ScalingMetric, Statistic } from './signals';

type AnySignal = Signal<ScalingMetric, keyof SignalValues>;

/** The signals of the metrics that were looked up: a forecast looks up the same few each minute. */
const signalsByMetric = new Map<ScalingMetric, AnySignal>();

/** The quantity that a metric measures. */
export function signalOf(metric: ScalingMetric): AnySignal {
  const known = signalsByMetric.get(metric);
  if (known !== undefined) return known;
  const found = SIGNALS.find(({ metrics }) => metrics.some(({ name }) => name === metric))!;
  signalsByMetric.set(metric, found);
  return found;
}

function metricOf(name: ScalingMetric): Metric<ScalingMetric> {
  return signalOf(name).metrics.find((metric) => metric.name === name)!;
}

/** The metric of a signal on a platform that has a datapoint a minute. A signal that both platforms share, such as the requests per target, has one metric for both. */
export function oneMinuteMetricOf({ metrics }: Signal<ScalingMetric>, platform: 'ecs' | 'ec2'): ScalingMetric {
  return (metrics.find((metric) => (metric.platform ?? 'ecs') === platform) ?? metrics[0]!).name;
}

/** The unit of a metric. */
export function unitOf(metric: ScalingMetric): Unit {
  return signalOf(metric).unit;
}

/** Whether a value of a template is the name of a metric that a policy can use here. */
export function isScalingMetric(name: unknown): name is ScalingMetric {
  return SIGNALS.some(({ metrics }) => metrics.some((metric) => metric.name === name));
}

/** Whether a metric is the CPU utilization of the tasks or instances. */
export function isCpuUtilization(metric: ScalingMetric): boolean {
  return signalOf(metric).field === 'cpuUtilizationPercent';
}

/** Whether a metric is the number of requests per target. */
export function isRequestCount(metric: ScalingMetric): boolean {
  return signalOf(metric).field === 'requestCountPerTarget';
}

/** Whether a metric has a datapoint every 20 seconds. */
export function isHighResolution(metric: ScalingMetric): boolean {
  return metricOf(metric).isHighResolution ?? false;
}

/** The metric of the same quantity with a datapoint every 20 seconds; the metric itself if there is none. */
export function highResolutionMetricOf(metric: ScalingMetric): ScalingMetric {
  const { platform } = metricOf(metric);
  return signalOf(metric).metrics.find((each) => each.isHighResolution === true && each.platform === platform)?.name ?? metric;
}

/** A label of at most nine characters: `CPU`, or `p95 time` for the 95th percentile of the response time. */
export function metricLabel(metric: ScalingMetric, statistic?: Statistic): string {
  const { label, unit } = signalOf(metric);
  return unit === 'seconds' && statistic !== undefined ? `${statistic} time` : label;
}

/** Computes the signal values of a timeline row from the counters before and after it: the averages of the minute. */
export function measureSignals(before: FleetCounters, after: FleetCounters, rules: CountingRules): SignalValues {
  return signalValues(countersBetween(before, after), rules);
}

/** Computes the signal values of a timeline row from what was counted in its minute. */
export function signalValues(counted: FleetCounters, rules: CountingRules): SignalValues {
  const values: Record<string, number | undefined> = {};
  for (const { field, measure } of SIGNALS) if (field !== undefined) values[field] = measure(counted, 'Average', rules);
  return values;
}

/** The value of a signal in a row of the timeline; undefined if the row has none. */
export function valueInRow(
  row: SignalValues & ClientLatencies,
  { field, fromLatencies }: Signal<ScalingMetric, keyof SignalValues>,
  statistic?: Statistic,
): number | undefined {
  return field === undefined ? fromLatencies?.(row, statistic) : row[field];
}
