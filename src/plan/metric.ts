/**
 * What a policy can follow, in AWS's own spelling.
 *
 * - `ECSServiceAverageCPUUtilization`, `ECSServiceAverageMemoryUtilization`: percent of what the tasks may use, once a minute.
 * - The same with `HighResolution`: once in 20 seconds, for services that ask for it in `monitoring`
 *   (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html).
 * - `ALBRequestCountPerTarget`: requests per healthy target **per minute**
 *   (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 * - `ASGAverageCPUUtilization`: percent of the CPU of the instances of an EC2 auto scaling group.
 * - `TargetResponseTime`: seconds from the load balancer to the answer of its target. For alarms of step scaling only: it does
 *   not fall in proportion as tasks are added, which is what target tracking needs.
 */
export type ScalingMetric =
  | 'ECSServiceAverageCPUUtilization'
  | 'ECSServiceAverageMemoryUtilization'
  | 'ECSServiceAverageCPUUtilizationHighResolution'
  | 'ECSServiceAverageMemoryUtilizationHighResolution'
  | 'ALBRequestCountPerTarget'
  | 'ASGAverageCPUUtilization'
  | 'TargetResponseTime';

/** How the values of a period become one. A percentile is written as CloudWatch writes it: `p95`, `p99.9`. */
export type Statistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | `p${number}`;

const UNITS: Readonly<Record<ScalingMetric, 'percent' | 'requests per minute' | 'seconds'>> = {
  ECSServiceAverageCPUUtilization: 'percent',
  ECSServiceAverageMemoryUtilization: 'percent',
  ECSServiceAverageCPUUtilizationHighResolution: 'percent',
  ECSServiceAverageMemoryUtilizationHighResolution: 'percent',
  ALBRequestCountPerTarget: 'requests per minute',
  ASGAverageCPUUtilization: 'percent',
  TargetResponseTime: 'seconds',
};

/** What a value of the metric counts. */
export function unitOf(metric: ScalingMetric): 'percent' | 'requests per minute' | 'seconds' {
  return UNITS[metric];
}

/** Whether a name that AWS or a template uses is that of a metric which can be followed. */
export function isScalingMetric(name: unknown): name is ScalingMetric {
  return typeof name === 'string' && Object.hasOwn(UNITS, name);
}

/** Whether a metric is the CPU of the tasks or instances, as a share of what they may use. */
export function isCpuUtilization(metric: ScalingMetric): boolean {
  return unitOf(metric) === 'percent' && metric.includes('CPU');
}

/** Whether a metric is reported once in 20 seconds. */
export function isHighResolution(metric: ScalingMetric): boolean {
  return metric.endsWith('HighResolution');
}
