import { isRequestCount, oneMinuteMetricOf, type ScalingMetric, type Statistic } from '../../metrics/metric';
import { SIGNALS } from '../../metrics/signals';

/** A metric that can be simulated, and how the values of a template relate to it. */
export interface TemplateMetric {
  readonly kind: 'metric';
  readonly metric: ScalingMetric;
  readonly statistic: Statistic;
  /** A value in the template is the value of the metric times this. */
  readonly scale: number;
  /** Requests per minute below which the value is 0. */
  readonly minRequestsPerMinute?: number;
}

/** The meaning of a CloudWatch metric in a plan. */
export type KnownMetric =
  | TemplateMetric
  /** The number of requests to all targets: requests per minute times the scale. */
  | { readonly kind: 'requests'; readonly scale: number }
  /** The number of tasks. */
  | { readonly kind: 'tasks' }
  /** Container Insights: what the tasks use, and what is reserved for them. */
  | { readonly kind: 'used' | 'reserved'; readonly metric: ScalingMetric };

/** The meaning of a CloudWatch metric, by namespace and name; undefined for metrics that a plan does not have. */
export function knownMetric(namespace: string, name: string, statistic: Statistic, periodSeconds: number): KnownMetric | undefined {
  switch (`${namespace} ${name}`) {
    case 'AWS/ApplicationELB RequestCount':
      return { kind: 'requests', scale: periodSeconds / 60 };
    case 'AWS/ApplicationELB HealthyHostCount':
    case 'ECS/ContainerInsights RunningTaskCount':
      return { kind: 'tasks' };
    default:
      return namespace === 'ECS/ContainerInsights' ? containerInsightsMetric(name) : simulatedMetric(`${namespace} ${name}`, statistic);
  }
}

function simulatedMetric(cloudWatch: string, statistic: Statistic): TemplateMetric | undefined {
  const metric = SIGNALS.flatMap(({ metrics }) => metrics).find((each) => each.cloudWatchName === cloudWatch)?.name;
  if (metric === undefined) return undefined;
  return { kind: 'metric', metric, statistic: isRequestCount(metric) ? 'Sum' : statistic, scale: 1 };
}

function containerInsightsMetric(name: string): KnownMetric | undefined {
  for (const signal of SIGNALS) {
    if (signal.containerInsights?.used === name) return { kind: 'used', metric: oneMinuteMetricOf(signal, 'ecs') };
    if (signal.containerInsights?.reserved === name) return { kind: 'reserved', metric: oneMinuteMetricOf(signal, 'ecs') };
  }
  return undefined;
}
