import type { FleetCounters } from '../../src/metrics/fleet-counters';
import { signalOf } from '../../src/metrics/metric';
import type { ScalingMetric, Statistic } from '../../src/metrics/signals';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';

/** What was counted in a period. */
export type Counted = Readonly<Record<string, number>>;

/** How CloudWatch aggregates a metric. */
type MetricKind =
  /** Events: their number is the sum and the sample count, and each is 1. */
  | { readonly kind: 'count'; readonly count: (counted: Counted) => number; readonly isAlwaysReported?: boolean }
  /** A number that is sampled: its integral over time. */
  | { readonly kind: 'gauge'; readonly gaugeSeconds: (counted: Counted) => number }
  /** A signal that scaling uses too. */
  | { readonly kind: 'signal'; readonly metric: ScalingMetric };

/** A metric that CloudWatch has of a service or its load balancer. */
export interface CloudWatchMetric {
  readonly namespace: string;
  readonly name: string;
  /** The dimensions, all of which a client has to give. */
  readonly dimensions: readonly (readonly string[])[];
  readonly unit: string;
  readonly measured: MetricKind;
}

const OF_SERVICE = [['ClusterName', 'ServiceName']];
const OF_LOAD_BALANCER = [['LoadBalancer'], ['LoadBalancer', 'TargetGroup'], ['TargetGroup']];
const OF_TARGET_GROUP = [['LoadBalancer', 'TargetGroup'], ['TargetGroup']];

const counter = (name: string): MetricKind => ({ kind: 'count', count: (counted) => counted[name] ?? 0 });
const gauge = (name: string): MetricKind => ({ kind: 'gauge', gaugeSeconds: (counted) => counted[name] ?? 0 });

const RESPONSE_METRICS = ['2XX', '3XX', '4XX', '5XX'].map((status) => `HTTPCode_Target_${status}_Count`);
const GENERATED_METRICS = ['4XX', '502', '503', '504'].map((status) => `HTTPCode_ELB_${status}_Count`);

/** All metrics, one row each. */
export const CLOUD_WATCH_METRICS: readonly CloudWatchMetric[] = [
  row('AWS/ECS', 'CPUUtilization', OF_SERVICE, 'Percent', { kind: 'signal', metric: 'ECSServiceAverageCPUUtilization' }),
  row('AWS/ECS', 'MemoryUtilization', OF_SERVICE, 'Percent', { kind: 'signal', metric: 'ECSServiceAverageMemoryUtilization' }),
  row('AWS/ApplicationELB', 'RequestCount', OF_LOAD_BALANCER, 'Count', { ...counter('requests'), isAlwaysReported: true } as MetricKind),
  row('AWS/ApplicationELB', 'RequestCountPerTarget', OF_TARGET_GROUP, 'None', {
    kind: 'count',
    count: ({ requests = 0, seconds = 0, healthyTargetSeconds = 0 }) =>
      healthyTargetSeconds > 0 ? (requests * seconds) / healthyTargetSeconds : 0,
    isAlwaysReported: true,
  }),
  row('AWS/ApplicationELB', 'TargetResponseTime', OF_LOAD_BALANCER, 'Seconds', { kind: 'signal', metric: 'TargetResponseTime' }),
  ...[...RESPONSE_METRICS, ...GENERATED_METRICS].map((name) => row('AWS/ApplicationELB', name, OF_LOAD_BALANCER, 'Count', counter(name))),
  row('AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', OF_LOAD_BALANCER, 'Count', {
    kind: 'count',
    count: (counted) => GENERATED_METRICS.slice(1).reduce((sum, name) => sum + (counted[name] ?? 0), 0),
  }),
  row('AWS/ApplicationELB', 'HealthyHostCount', OF_TARGET_GROUP, 'Count', gauge('healthyHostSeconds')),
  row('AWS/ApplicationELB', 'UnHealthyHostCount', OF_TARGET_GROUP, 'Count', gauge('unhealthyHostSeconds')),
  row('ECS/ContainerInsights', 'RunningTaskCount', OF_SERVICE, 'Count', gauge('runningTaskSeconds')),
  row('ECS/ContainerInsights', 'DesiredTaskCount', OF_SERVICE, 'Count', gauge('desiredTaskSeconds')),
  row('ECS/ContainerInsights', 'PendingTaskCount', OF_SERVICE, 'Count', gauge('pendingTaskSeconds')),
  row('ECS/ContainerInsights', 'CpuUtilized', OF_SERVICE, 'None', inCpuUnits('cpuSeconds')),
  row('ECS/ContainerInsights', 'CpuReserved', OF_SERVICE, 'None', inCpuUnits('cpuCapacitySeconds')),
  row('ECS/ContainerInsights', 'MemoryUtilized', OF_SERVICE, 'Megabytes', gauge('memoryMiBSeconds')),
  row('ECS/ContainerInsights', 'MemoryReserved', OF_SERVICE, 'Megabytes', gauge('memoryCapacityMiBSeconds')),
];

const CPU_UNITS = 1024;

function inCpuUnits(name: string): MetricKind {
  return { kind: 'gauge', gaugeSeconds: (counted) => CPU_UNITS * (counted[name] ?? 0) };
}

function row(
  namespace: string,
  name: string,
  dimensions: CloudWatchMetric['dimensions'],
  unit: string,
  measured: MetricKind,
): CloudWatchMetric {
  return { namespace, name, dimensions, unit, measured };
}

/** A statistic of CloudWatch; `SampleCount` besides those that scaling uses. */
export type AnyStatistic = Statistic | 'SampleCount';

/**
 * The value that a metric has in a period; undefined without a datapoint.
 *
 * @param steps what was counted in each part of the period, for its minimum and maximum.
 */
export function metricValue(
  { measured }: CloudWatchMetric,
  statistic: AnyStatistic,
  counted: Counted,
  steps: readonly Counted[],
): number | undefined {
  if (measured.kind === 'count') return countValue(measured.count(counted), statistic, measured.isAlwaysReported ?? false);
  const average = averageOf(measured, counted);
  switch (statistic) {
    case 'Minimum':
    case 'Maximum':
      return extreme(statistic, steps.length === 0 ? [counted] : steps, (part) => averageOf(measured, part));
    case 'Sum':
      return scaled(average, sampleCount(measured, counted, steps));
    case 'SampleCount':
      return average === undefined ? undefined : sampleCount(measured, counted, steps);
    default:
      return measured.kind === 'signal' ? signalValue(measured.metric, counted, statistic) : average;
  }
}

/** Response times have a sample for each response, all else one for each step. */
function sampleCount(measured: MetricKind, counted: Counted, steps: readonly Counted[]): number {
  const isResponseTime = measured.kind === 'signal' && measured.metric === 'TargetResponseTime';
  return isResponseTime ? (counted.responses ?? 0) : Math.max(1, steps.length);
}

function averageOf(measured: Exclude<MetricKind, { readonly kind: 'count' }>, counted: Counted): number | undefined {
  if (measured.kind === 'gauge') return ratio(measured.gaugeSeconds(counted), counted.seconds ?? 0);
  return signalValue(measured.metric, counted, 'Average');
}

function signalValue(metric: ScalingMetric, counted: Counted, statistic: Statistic): number | undefined {
  return signalOf(metric).measure(counted as unknown as FleetCounters, statistic, AWS_BEHAVIOR);
}

function countValue(count: number, statistic: AnyStatistic, isAlwaysReported: boolean): number | undefined {
  if (count === 0 && !isAlwaysReported) return undefined;
  return statistic === 'Sum' || statistic === 'SampleCount' ? count : Math.min(1, count);
}

function extreme(
  statistic: 'Minimum' | 'Maximum',
  parts: readonly Counted[],
  average: (part: Counted) => number | undefined,
): number | undefined {
  const values = parts.map(average).filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  return statistic === 'Minimum' ? Math.min(...values) : Math.max(...values);
}

function ratio(amount: number, seconds: number): number | undefined {
  return seconds > 0 ? amount / seconds : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Whether the value of a statistic grows with the length of the period. */
export function isTotal({ measured }: CloudWatchMetric, statistic: AnyStatistic): boolean {
  return measured.kind === 'count' && (statistic === 'Sum' || statistic === 'SampleCount');
}
