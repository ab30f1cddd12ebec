/** What CloudWatch reported of a service in one period. A value without a datapoint is undefined. */
export interface RecordedPeriod {
  /** When the period begins, in seconds since 1970. */
  readonly startsAtSeconds: number;
  readonly periodSeconds: number;
  /** Requests for which the load balancer chose a target. */
  readonly requests?: number;
  /** `HTTPCode_ELB_502_Count`, and so on: responses that the load balancer generated. */
  readonly elb502?: number;
  readonly elb503?: number;
  readonly elb504?: number;
  /** `HTTPCode_Target_5XX_Count`. */
  readonly target5xx?: number;
  /** `TargetResponseTime`. */
  readonly meanResponseSeconds?: number;
  readonly p50ResponseSeconds?: number;
  readonly p95ResponseSeconds?: number;
  readonly p99ResponseSeconds?: number;
  readonly cpuPercent?: number;
  /** The samples of `CPUUtilization`: on Fargate, one a minute of each running task. */
  readonly cpuSamples?: number;
  readonly memoryPercent?: number;
  readonly healthyHosts?: number;
  /** The counts of Container Insights. */
  readonly runningTasks?: number;
  readonly desiredTasks?: number;
  readonly pendingTasks?: number;
}

/** The fields of a period with a value of CloudWatch. */
export type PeriodField = Exclude<keyof RecordedPeriod, 'startsAtSeconds' | 'periodSeconds'>;

/** A metric of CloudWatch that is recorded: a column of the file of a day. */
export interface MetricColumn {
  readonly field: PeriodField;
  readonly namespace: string;
  readonly metricName: string;
  /** As CloudWatch writes it: `Sum`, `Average`, `SampleCount`, `p95`. */
  readonly statistic: string;
  /** Which resource has the metric. */
  readonly dimensions: 'service' | 'target group' | 'load balancer';
  /** How the values of several target groups become one: counts are added, and the longest of several response times counts. */
  readonly combined: 'sum' | 'maximum';
}

const SERVICE = { namespace: 'AWS/ECS', dimensions: 'service', combined: 'sum' } as const;
const INSIGHTS = { namespace: 'ECS/ContainerInsights', dimensions: 'service', combined: 'sum', statistic: 'Average' } as const;
const TARGET_GROUP = { namespace: 'AWS/ApplicationELB', dimensions: 'target group', combined: 'sum', statistic: 'Sum' } as const;
const LOAD_BALANCER = { namespace: 'AWS/ApplicationELB', dimensions: 'load balancer', combined: 'sum', statistic: 'Sum' } as const;
const RESPONSE_TIME = { ...TARGET_GROUP, metricName: 'TargetResponseTime', combined: 'maximum' } as const;

/** All metrics of a recording, one row each, in the order of the columns. */
export const METRIC_COLUMNS: readonly MetricColumn[] = [
  { ...TARGET_GROUP, field: 'requests', metricName: 'RequestCount' },
  { ...LOAD_BALANCER, field: 'elb502', metricName: 'HTTPCode_ELB_502_Count' },
  { ...LOAD_BALANCER, field: 'elb503', metricName: 'HTTPCode_ELB_503_Count' },
  { ...LOAD_BALANCER, field: 'elb504', metricName: 'HTTPCode_ELB_504_Count' },
  { ...TARGET_GROUP, field: 'target5xx', metricName: 'HTTPCode_Target_5XX_Count' },
  { ...RESPONSE_TIME, field: 'meanResponseSeconds', statistic: 'Average' },
  { ...RESPONSE_TIME, field: 'p50ResponseSeconds', statistic: 'p50' },
  { ...RESPONSE_TIME, field: 'p95ResponseSeconds', statistic: 'p95' },
  { ...RESPONSE_TIME, field: 'p99ResponseSeconds', statistic: 'p99' },
  { ...SERVICE, field: 'cpuPercent', metricName: 'CPUUtilization', statistic: 'Average' },
  { ...SERVICE, field: 'cpuSamples', metricName: 'CPUUtilization', statistic: 'SampleCount' },
  { ...SERVICE, field: 'memoryPercent', metricName: 'MemoryUtilization', statistic: 'Average' },
  { ...TARGET_GROUP, field: 'healthyHosts', metricName: 'HealthyHostCount', statistic: 'Average' },
  { ...INSIGHTS, field: 'runningTasks', metricName: 'RunningTaskCount' },
  { ...INSIGHTS, field: 'desiredTasks', metricName: 'DesiredTaskCount' },
  { ...INSIGHTS, field: 'pendingTasks', metricName: 'PendingTaskCount' },
];

/** The column of a field. */
export function columnOf(field: PeriodField): MetricColumn {
  return METRIC_COLUMNS.find((column) => column.field === field)!;
}

/** One value of what several target groups or load balancers have. */
export function combinedValue(field: PeriodField, before: number | undefined, value: number): number {
  if (before === undefined) return value;
  return columnOf(field).combined === 'sum' ? before + value : Math.max(before, value);
}

/** The heading of a column: the metric with its statistic, such as `CPUUtilization Average`. */
export function columnName({ metricName, statistic }: MetricColumn): string {
  return `${metricName} ${statistic}`;
}
