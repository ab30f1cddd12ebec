import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { allOf, type TargetGroups } from '../target-group/target-groups';
import { CombinedMetric } from './combined-metric';

/** The dimensions of the metrics of a service. */
export interface MetricNames {
  /** The metrics of what the tasks run on. */
  readonly compute: {
    readonly namespace: 'AWS/ECS' | 'AWS/EC2';
    readonly dimensionsMap: Readonly<Record<string, string>>;
  };
  readonly loadBalancerFullName: string;

  /** One, or two where two revisions can run side by side: their values are added. */
  readonly targetGroupFullNames: readonly string[];
}

/** The metrics of a service that is created in this app. */
export function metricsOf(service: FargateService, loadBalancer: IApplicationLoadBalancer, groups: TargetGroups): ServiceMetrics {
  return new ServiceMetrics({
    compute: ecsMetrics(service.cluster.clusterName, service.serviceName),
    loadBalancerFullName: fullNameOf(loadBalancer, groups),
    targetGroupFullNames: allOf(groups).map((group) => group.targetGroupFullName),
  });
}

/** The metrics of an ECS service. */
export function ecsMetrics(ClusterName: string, ServiceName: string): MetricNames['compute'] {
  return { namespace: 'AWS/ECS', dimensionsMap: { ClusterName, ServiceName } };
}

/** The metrics of the instances of an Auto Scaling group. */
export function groupMetrics(AutoScalingGroupName: string): MetricNames['compute'] {
  return { namespace: 'AWS/EC2', dimensionsMap: { AutoScalingGroupName } };
}

/**
 * The attribute of a load balancer of the same stack. The CDK takes the name of any other one apart from the ARN of its listener, with nine
 * functions in each dimension of each metric.
 */
export function fullNameOf(loadBalancer: IApplicationLoadBalancer, { first }: TargetGroups): string {
  const isInStack = Stack.of(loadBalancer) === Stack.of(first);
  return isInStack && loadBalancer instanceof ApplicationLoadBalancer ? loadBalancer.loadBalancerFullName : first.firstLoadBalancerFullName;
}

/** The metrics of a service, with a period of one minute. */
export class ServiceMetrics {
  public constructor(private readonly names: MetricNames) {}

  /** EC2 knows the CPU of an instance, and not its memory. */
  public get hasMemoryUtilization(): boolean {
    return this.names.compute.namespace === 'AWS/ECS';
  }

  public cpuUtilization(options?: MetricOptions): Metric {
    return this.ofCompute('CPUUtilization', options);
  }

  public memoryUtilization(options?: MetricOptions): Metric {
    return this.ofCompute('MemoryUtilization', options);
  }

  public requests(options?: MetricOptions): Metric {
    return this.sum('RequestCount', { statistic: 'Sum', ...options });
  }

  public requestsPerTask(options?: MetricOptions): Metric {
    return this.sum('RequestCountPerTarget', { statistic: 'Sum', ...options });
  }

  public serverErrors(options?: MetricOptions): Metric {
    return this.sum('HTTPCode_Target_5XX_Count', { statistic: 'Sum', ...options });
  }

  public healthyTasks(options?: MetricOptions): Metric {
    return this.sum('HealthyHostCount', { statistic: 'Minimum', ...options });
  }

  /** The task count that auto scaling sees: with two revisions side by side, each has as many tasks, and the count is that of one. */
  public scaledTasks(): Metric {
    return this.combined('HealthyHostCount', { statistic: 'Minimum' }, (ids) => `MAX([${ids.map((id) => `FILL(${id}, 0)`).join(', ')}])`);
  }

  public unhealthyTasks(options?: MetricOptions): Metric {
    return this.sum('UnHealthyHostCount', { statistic: 'Maximum', ...options });
  }

  /** With two revisions, that of the slower one. */
  public responseTime(options?: MetricOptions): Metric {
    return this.combined('TargetResponseTime', { statistic: 'p95', ...options }, (ids) => `MAX([${ids.join(', ')}])`);
  }

  /**
   * Server errors in percent of the requests. A minute with fewer requests counts as one with `minRequests`: one error among a few requests is no
   * high percentage, and an outage with little traffic still is.
   */
  public serverErrorPercent(minRequests: number): MathExpression {
    return new MathExpression({
      expression: `100 * errors / IF(requests > ${minRequests}, requests, ${minRequests})`,
      usingMetrics: { requests: this.requests(), errors: this.serverErrors() },
      label: 'server errors in percent',
      period: Duration.minutes(1),
    });
  }

  private ofCompute(metricName: string, options?: MetricOptions): Metric {
    const { namespace, dimensionsMap } = this.names.compute;
    return new Metric({ namespace, metricName, dimensionsMap, statistic: 'Average', period: Duration.minutes(1), ...options });
  }

  private sum(metricName: string, options: MetricOptions): Metric {
    return this.combined(metricName, options, (ids) => ids.map((id) => `FILL(${id}, 0)`).join(' + '));
  }

  private combined(metricName: string, options: MetricOptions, expression: (ids: readonly string[]) => string): Metric {
    const metrics = this.names.targetGroupFullNames.map((name) => this.ofGroup(metricName, name, options));
    return metrics.length === 1 ? metrics[0]! : new CombinedMetric(metrics, expression);
  }

  private ofGroup(metricName: string, TargetGroup: string, options: MetricOptions): Metric {
    const dimensionsMap = { LoadBalancer: this.names.loadBalancerFullName, TargetGroup };
    return new Metric({ namespace: 'AWS/ApplicationELB', metricName, dimensionsMap, period: Duration.minutes(1), ...options });
  }
}
