import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ServiceMetrics } from '../service/observability/service-metrics';
import type { ILoadTestTarget } from '../service/test-targets';

/**
 * What created and imported instances have in common.
 *
 * @internal
 */
export abstract class MeasuredInstances extends Construct implements IScalableStatelessInstances {
  public abstract readonly url: string;
  public abstract readonly connections: Connections;
  public abstract readonly grantPrincipal: IPrincipal;

  /** @internal */
  protected abstract readonly _metrics: ServiceMetrics;

  public metricCpuUtilization(options?: MetricOptions): Metric {
    return this._metrics.cpuUtilization(options);
  }

  public metricRequests(options?: MetricOptions): Metric {
    return this._metrics.requests(options);
  }

  public metricRequestsPerTask(options?: MetricOptions): Metric {
    return this._metrics.requestsPerTask(options);
  }

  public metricServerErrors(options?: MetricOptions): Metric {
    return this._metrics.serverErrors(options);
  }

  public metricResponseTime(options?: MetricOptions): Metric {
    return this._metrics.responseTime(options);
  }

  public metricHealthyTasks(options?: MetricOptions): Metric {
    return this._metrics.healthyTasks(options);
  }

  public metricUnhealthyTasks(options?: MetricOptions): Metric {
    return this._metrics.unhealthyTasks(options);
  }
}

/**
 * Instances behind a load balancer, created or imported.
 *
 * Their metrics have a period of one minute.
 */
export interface IScalableStatelessInstances extends ILoadTestTarget, IConnectable, IGrantable {
  /**
   * The CPU utilization of the instances, in percent: the average.
   */
  metricCpuUtilization(options?: MetricOptions): Metric;

  /**
   * The number of requests that the load balancer sent to tasks.
   */
  metricRequests(options?: MetricOptions): Metric;

  /**
   * The number of requests per task, in a **minute**: the metric of the policy on the request count.
   */
  metricRequestsPerTask(options?: MetricOptions): Metric;

  /**
   * The number of responses of tasks with a status from 500 to 599.
   */
  metricServerErrors(options?: MetricOptions): Metric;

  /**
   * The response time of the tasks, in seconds: the 95th percentile, unless another statistic is set.
   */
  metricResponseTime(options?: MetricOptions): Metric;

  /**
   * The number of healthy tasks.
   */
  metricHealthyTasks(options?: MetricOptions): Metric;

  /**
   * The number of unhealthy tasks.
   */
  metricUnhealthyTasks(options?: MetricOptions): Metric;
}
