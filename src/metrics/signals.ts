import { percentileBetween } from '../math/statistics';
import type { FleetCounters } from './fleet-counters';
import { type ClientLatencies, LATENCY_PERCENTILES } from './latency-percentiles';

/** How CloudWatch aggregates the values of a period. A percentile is written as in CloudWatch: `p95`, `p99.9`. */
export type Statistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | `p${number}`;

/** The unit of a signal. */
export type Unit = 'percent' | 'requests per minute' | 'seconds' | 'credits';

/** How values of a unit are shown. */
interface UnitFormat {
  /** Written after a value. */
  readonly suffix: string;
  /** For a narrow column: the value is multiplied by the factor, rounded to the decimals, and followed by the suffix. */
  readonly short: { readonly suffix: string; readonly factor: number; readonly decimals: number };
  /**
   * The largest value.
   *
   * @default - none
   */
  readonly max?: number;
}

/** The formats of all units. */
export const UNITS: Readonly<Record<Unit, UnitFormat>> = {
  percent: { suffix: ' %', short: { suffix: ' %', factor: 1, decimals: 1 }, max: 100 },
  'requests per minute': { suffix: ' a minute', short: { suffix: '/min', factor: 1, decimals: 0 } },
  seconds: { suffix: ' s', short: { suffix: ' ms', factor: 1000, decimals: 9 } },
  credits: { suffix: ' credits', short: { suffix: ' cr', factor: 1, decimals: 1 } },
};

/** What CloudWatch counts, where AWS does not document it. */
export interface CountingRules {
  /** Whether requests are counted per healthy target, or per registered target including those in the state `initial`. */
  readonly requestCountDenominator: 'healthy' | 'registered';
  /** Whether the CPU and memory of a service include its tasks that drain or stop. */
  readonly drainingTasksInUtilization: 'left-out' | 'counted';
}

/** A metric that a scaling policy can use. */
export interface Metric<Name extends string = string> {
  /** The predefined metric type of Application Auto Scaling or EC2 Auto Scaling, or the CloudWatch name if there is none. */
  readonly name: Name;
  /** `NAMESPACE NAME` of the CloudWatch metric, if templates refer to it by these names. */
  readonly cloudWatchName?: string;
  /** Whether CloudWatch has a datapoint every 20 seconds instead of every minute. */
  readonly isHighResolution?: boolean;
  /** @default - ecs */
  readonly platform?: 'ec2';
}

/** How a signal is drawn in charts. */
interface SignalPanel {
  /** The unit, below the title of the panel. */
  readonly unit: string;
  readonly color: 'blue' | 'orange' | 'green' | 'purple';
  /** The axis reaches at least to this value. */
  readonly minAxisMax: number;
  /** Whether it is drawn even if no policy uses one of its metrics. */
  readonly isAlwaysShown?: boolean;
  /** Whether it is also drawn if no policy uses one of its metrics, where the timeline has it. */
  readonly isShownWhenMeasured?: boolean;
}

/**
 * A quantity that scaling can use, such as CPU utilization: the metrics that measure it, and what the timeline, the reports and the live
 * view need to show it.
 */
export interface Signal<Name extends string = string, Field extends string = string> {
  readonly label: string;
  readonly unit: Unit;
  /** The metrics that measure it, the one of an ECS service at one-minute resolution first. */
  readonly metrics: readonly Metric<Name>[];
  /** The prop of the construct that sets its target. */
  readonly targetProp?: string;
  /**
   * The CloudWatch metrics of Container Insights for the used and the reserved amount.
   *
   * @default - none
   */
  readonly containerInsights?: { readonly used: string; readonly reserved: string };
  /**
   * The value that CloudWatch computes from the counters of a period; undefined if CloudWatch has no datapoint.
   */
  readonly measure: (counters: FleetCounters, statistic: Statistic, rules: CountingRules) => number | undefined;
  /**
   * Its field in a row of the timeline, in JSON and in CSV.
   *
   * @default - none: a row has the latencies instead
   */
  readonly field?: Field;
  /** Computes the value from the latencies of a row, for a signal without a field. */
  readonly fromLatencies?: (latencies: ClientLatencies, statistic: Statistic | undefined) => number | undefined;
  /**
   * Its column in a text table.
   *
   * @default - none
   */
  readonly column?: { readonly heading: string; readonly wholeNumbersOnly?: boolean; readonly isOptional?: boolean };
  /**
   * Its panel in a chart.
   *
   * @default - none: its targets are drawn in the latency panel
   */
  readonly panel?: SignalPanel;
}

const UTILIZATION_UNIT = '% of what the tasks may use, on average';

const SIGNAL_ROWS = [
  {
    label: 'CPU',
    unit: 'percent',
    metrics: [
      { name: 'ECSServiceAverageCPUUtilization', cloudWatchName: 'AWS/ECS CPUUtilization' },
      { name: 'ECSServiceAverageCPUUtilizationHighResolution', isHighResolution: true },
      { name: 'ASGAverageCPUUtilization', cloudWatchName: 'AWS/EC2 CPUUtilization', platform: 'ec2' },
      { name: 'ASGAverageCPUUtilizationHighResolution', isHighResolution: true, platform: 'ec2' },
    ],
    targetProp: 'targetCpuUtilizationPercent',
    containerInsights: { used: 'CpuUtilized', reserved: 'CpuReserved' },
    measure: (counted, _, rules) => cpuUtilizationPercent(counted, rules),
    field: 'cpuUtilizationPercent',
    column: { heading: 'CPU %' },
    panel: { unit: UTILIZATION_UNIT, color: 'blue', minAxisMax: 100, isAlwaysShown: true },
  },
  {
    label: 'Requests',
    unit: 'requests per minute',
    metrics: [{ name: 'ALBRequestCountPerTarget', cloudWatchName: 'AWS/ApplicationELB RequestCountPerTarget' }],
    targetProp: 'requestsPerSecondPerTask',
    measure: (counted, _, rules) => requestCountPerTarget(counted, rules),
    field: 'requestCountPerTarget',
    column: { heading: 'req/task/min', wholeNumbersOnly: true },
    panel: { unit: 'per healthy task and minute', color: 'purple', minAxisMax: 1 },
  },
  {
    label: 'Memory',
    unit: 'percent',
    metrics: [
      { name: 'ECSServiceAverageMemoryUtilization', cloudWatchName: 'AWS/ECS MemoryUtilization' },
      { name: 'ECSServiceAverageMemoryUtilizationHighResolution', isHighResolution: true },
    ],
    targetProp: 'targetMemoryUtilizationPercent',
    containerInsights: { used: 'MemoryUtilized', reserved: 'MemoryReserved' },
    measure: (counted, _, rules) => memoryUtilizationPercent(counted, rules),
    field: 'memoryUtilizationPercent',
    panel: { unit: UTILIZATION_UNIT, color: 'green', minAxisMax: 100 },
  },
  {
    label: 'Response',
    unit: 'seconds',
    // for alarms of step scaling only: target tracking needs a metric that falls in proportion as tasks are added.
    metrics: [{ name: 'TargetResponseTime', cloudWatchName: 'AWS/ApplicationELB TargetResponseTime' }],
    measure: responseSeconds,
    // the client's latency is a little more than what the load balancer measures.
    fromLatencies: (latencies, statistic) => {
      const percentile = LATENCY_PERCENTILES.find(({ name }) => name === statistic)?.name;
      return percentile && secondsOf(latencies[`${percentile}Millis`]);
    },
  },
  {
    label: 'CPU credits',
    unit: 'credits',
    // for alarms of step scaling and simple scaling, of burstable instances.
    metrics: [{ name: 'CPUCreditBalance', cloudWatchName: 'AWS/EC2 CPUCreditBalance', platform: 'ec2' }],
    measure: ({ cpuCreditSeconds, cpuCreditInstanceSeconds }) =>
      cpuCreditInstanceSeconds > 0 ? cpuCreditSeconds / cpuCreditInstanceSeconds : undefined,
    field: 'cpuCreditBalance',
    column: { heading: 'credits', isOptional: true },
    panel: { unit: 'of a burstable instance, on average', color: 'orange', minAxisMax: 1, isShownWhenMeasured: true },
  },
] as const satisfies readonly Signal[];

type SignalRow = (typeof SIGNAL_ROWS)[number];

/**
 * The name of a metric that a policy can use, as AWS spells it.
 *
 * - `ECSServiceAverageCPUUtilization`, `ECSServiceAverageMemoryUtilization`: percent of the CPU and memory of the tasks, once a minute.
 * - The same with `HighResolution`: every 20 seconds, for services with `monitoring`
 *   (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html).
 * - `ALBRequestCountPerTarget`: requests per healthy target **per minute**; where none is healthy, per registered target
 *   (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 * - `ASGAverageCPUUtilization`: percent of the CPU of the instances of an EC2 auto scaling group.
 * - `ASGAverageCPUUtilizationHighResolution`: the same every 20 seconds, for instances with high-resolution CPU in their launch template.
 * - `CPUCreditBalance`: the CPU credits that a burstable instance has, on average.
 * - `TargetResponseTime`: seconds from the load balancer's request until the target's response.
 */
export type ScalingMetric = SignalRow['metrics'][number]['name'];

/** The values of the signals in a row of the timeline; undefined if CloudWatch has no datapoint. */
export type SignalValues = { readonly [Field in Extract<SignalRow, { readonly field: string }>['field']]?: number };

/**
 * All signals, one row each. Everything that measures or shows signals iterates over them.
 *
 * A variant of a metric is one more entry of `metrics`. A new signal is one more row, and the counters that its `measure` needs.
 */
export const SIGNALS: readonly Signal<ScalingMetric, keyof SignalValues>[] = SIGNAL_ROWS;

function cpuUtilizationPercent(counted: FleetCounters, { drainingTasksInUtilization }: CountingRules): number | undefined {
  const { cpuSeconds, cpuCapacitySeconds, drainingCpuSeconds, drainingCpuCapacitySeconds } = counted;
  if (drainingTasksInUtilization === 'counted') return utilizationPercent(cpuSeconds, cpuCapacitySeconds);
  return utilizationPercent(cpuSeconds - drainingCpuSeconds, cpuCapacitySeconds - drainingCpuCapacitySeconds);
}

function memoryUtilizationPercent(counted: FleetCounters, { drainingTasksInUtilization }: CountingRules): number | undefined {
  const { memoryMiBSeconds, memoryCapacityMiBSeconds, drainingMemoryMiBSeconds, drainingMemoryCapacityMiBSeconds } = counted;
  if (drainingTasksInUtilization === 'counted') return utilizationPercent(memoryMiBSeconds, memoryCapacityMiBSeconds);
  return utilizationPercent(memoryMiBSeconds - drainingMemoryMiBSeconds, memoryCapacityMiBSeconds - drainingMemoryCapacityMiBSeconds);
}

/** The used amount in percent of the limit; no datapoint while no task runs. */
function utilizationPercent(used: number, capacity: number): number | undefined {
  return capacity > MAX_ROUNDING_ERROR ? Math.min(100, (100 * Math.max(0, used)) / capacity) : undefined;
}

/** The maximum rounding error of a difference of sums, in seconds. */
const MAX_ROUNDING_ERROR = 1e-6;

const SECONDS_PER_MINUTE = 60;

/**
 * Requests per minute and target: always reported, and never more than all requests of a minute.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
function requestCountPerTarget(counters: FleetCounters, { requestCountDenominator }: CountingRules): number {
  const { requests, healthyTargetSeconds, registeredTargetSeconds } = counters;
  const targetSeconds = requestCountDenominator === 'healthy' ? healthyTargetSeconds : registeredTargetSeconds;
  return targetSeconds > 0 ? (SECONDS_PER_MINUTE * requests) / targetSeconds : 0;
}

/** The response time; without responses there is no datapoint. */
function responseSeconds(counted: FleetCounters, statistic: Statistic): number | undefined {
  const { responses } = counted;
  if (!(responses > 0)) return undefined;
  if (!statistic.startsWith('p')) return counted.responseSeconds / responses;
  const p50 = counted.p50ResponseSeconds / responses;
  const p95 = counted.p95ResponseSeconds / responses;
  const p99 = counted.p99ResponseSeconds / responses;
  return percentileBetween({ p50, p95, p99 }, Number(statistic.slice(1)));
}

function secondsOf(millis: number | undefined): number | undefined {
  return millis === undefined ? undefined : millis / 1000;
}
