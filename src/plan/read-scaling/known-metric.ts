import type { ScalingMetric, Statistic } from '../metric';

/** A metric that can be followed, and how a template's numbers relate to it. */
export interface FollowedMetric {
  readonly kind: 'metric';
  readonly metric: ScalingMetric;
  readonly statistic: Statistic;
  /** A value in the template is the metric times this. */
  readonly scale: number;
  /** Requests per minute below which the value is 0. */
  readonly leastRequestsPerMinute?: number;
}

/** What a CloudWatch metric means to a plan. */
export type KnownMetric =
  | FollowedMetric
  /** Requests to all targets: so many in a minute, times the scale. */
  | { readonly kind: 'requests'; readonly scale: number }
  /** How many tasks there are. */
  | { readonly kind: 'tasks' }
  /** What Container Insights says the tasks use, and what they may use. */
  | { readonly kind: 'used' | 'reserved'; readonly metric: ScalingMetric };

const CPU = 'ECSServiceAverageCPUUtilization';
const MEMORY = 'ECSServiceAverageMemoryUtilization';

/** What a metric of CloudWatch means, by its namespace and name; undefined where that is nothing a plan knows. */
export function knownMetric(namespace: string, name: string, statistic: Statistic, periodSeconds: number): KnownMetric | undefined {
  const followed = (metric: ScalingMetric): FollowedMetric => ({ kind: 'metric', metric, statistic, scale: 1 });
  switch (`${namespace} ${name}`) {
    case 'AWS/ECS CPUUtilization':
      return followed(CPU);
    case 'AWS/ECS MemoryUtilization':
      return followed(MEMORY);
    case 'AWS/EC2 CPUUtilization':
      return followed('ASGAverageCPUUtilization');
    case 'AWS/ApplicationELB RequestCountPerTarget':
      return { ...followed('ALBRequestCountPerTarget'), statistic: 'Sum' };
    case 'AWS/ApplicationELB TargetResponseTime':
      return followed('TargetResponseTime');
    case 'AWS/ApplicationELB RequestCount':
      return { kind: 'requests', scale: periodSeconds / 60 };
    case 'AWS/ApplicationELB HealthyHostCount':
    case 'ECS/ContainerInsights RunningTaskCount':
      return { kind: 'tasks' };
    case 'ECS/ContainerInsights CpuUtilized':
      return { kind: 'used', metric: CPU };
    case 'ECS/ContainerInsights CpuReserved':
      return { kind: 'reserved', metric: CPU };
    case 'ECS/ContainerInsights MemoryUtilized':
      return { kind: 'used', metric: MEMORY };
    case 'ECS/ContainerInsights MemoryReserved':
      return { kind: 'reserved', metric: MEMORY };
    default:
      return undefined;
  }
}
