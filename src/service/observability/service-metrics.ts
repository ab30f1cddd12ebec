import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { allOf, type TargetGroups } from '../target-group/target-groups';

/** How CloudWatch knows a service. */
export interface MetricNames {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly loadBalancerFullName: string;

  /** One, or two where deployments have two versions side by side: the numbers of both are added up. */
  readonly targetGroupFullNames: readonly string[];
}

function metricNamesOf(service: FargateService, groups: TargetGroups): MetricNames {
  return {
    clusterName: service.cluster.clusterName,
    serviceName: service.serviceName,
    loadBalancerFullName: groups.first.firstLoadBalancerFullName,
    targetGroupFullNames: allOf(groups).map((group) => group.targetGroupFullName),
  };
}

/** The metrics of a service that is made here. */
export function metricsOf(service: FargateService, groups: TargetGroups): ServiceMetrics {
  return new ServiceMetrics(metricNamesOf(service, groups));
}

/** The metrics of a service, minute by minute. */
export class ServiceMetrics {
  public constructor(private readonly names: MetricNames) {}

  public cpuUtilization(options?: MetricOptions): Metric {
    return this.ofService('CPUUtilization', options);
  }

  public memoryUtilization(options?: MetricOptions): Metric {
    return this.ofService('MemoryUtilization', options);
  }

  public requests(options?: MetricOptions): IMetric {
    return this.sum('RequestCount', { statistic: 'Sum', ...options });
  }

  public requestsPerTask(options?: MetricOptions): IMetric {
    return this.sum('RequestCountPerTarget', { statistic: 'Sum', ...options });
  }

  public serverErrors(options?: MetricOptions): IMetric {
    return this.sum('HTTPCode_Target_5XX_Count', { statistic: 'Sum', ...options });
  }

  public healthyTasks(options?: MetricOptions): IMetric {
    return this.sum('HealthyHostCount', { statistic: 'Minimum', ...options });
  }

  /** Those that scaling counts: while two versions stand side by side, each has as many, and scaling sees them once. */
  public scaledTasks(): IMetric {
    return this.combined('HealthyHostCount', { statistic: 'Minimum' }, (ids) => `MAX([${ids.map((id) => `FILL(${id}, 0)`).join(', ')}])`);
  }

  public unhealthyTasks(options?: MetricOptions): IMetric {
    return this.sum('UnHealthyHostCount', { statistic: 'Maximum', ...options });
  }

  /** Of the version that is slower, where there are two. */
  public responseTime(options?: MetricOptions): IMetric {
    return this.combined('TargetResponseTime', { statistic: 'p95', ...options }, (ids) => `MAX([${ids.join(', ')}])`);
  }

  /** Server errors in percent of the requests; 0 where there are none of either. */
  public serverErrorPercent(): MathExpression {
    return new MathExpression({
      expression: 'IF(requests > 0, 100 * errors / requests, 0)',
      usingMetrics: { requests: this.requests(), errors: this.serverErrors() },
      label: 'server errors in percent',
      period: Duration.minutes(1),
    });
  }

  private ofService(metricName: string, options?: MetricOptions): Metric {
    const { clusterName: ClusterName, serviceName: ServiceName } = this.names;
    const dimensionsMap = { ClusterName, ServiceName };
    return new Metric({ namespace: 'AWS/ECS', metricName, dimensionsMap, statistic: 'Average', period: Duration.minutes(1), ...options });
  }

  private sum(metricName: string, options: MetricOptions): IMetric {
    return this.combined(metricName, options, (ids) => ids.map((id) => `FILL(${id}, 0)`).join(' + '));
  }

  private combined(metricName: string, options: MetricOptions, expression: (ids: readonly string[]) => string): IMetric {
    const metrics = this.names.targetGroupFullNames.map((name) => this.ofGroup(metricName, name, options));
    if (metrics.length === 1) return metrics[0]!;
    // names of their own, so that one graph can hold several of these.
    const name = `${lowerCase(metricName)}_${options.statistic}`.replace(/\W/g, '_');
    const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`${name}_${index + 1}`, metric]));
    const period = options.period ?? Duration.minutes(1);
    return new MathExpression({ expression: expression(Object.keys(usingMetrics)), usingMetrics, label: options.label, period });
  }

  private ofGroup(metricName: string, TargetGroup: string, options: MetricOptions): Metric {
    const dimensionsMap = { LoadBalancer: this.names.loadBalancerFullName, TargetGroup };
    return new Metric({ namespace: 'AWS/ApplicationELB', metricName, dimensionsMap, period: Duration.minutes(1), ...options });
  }
}

function lowerCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
