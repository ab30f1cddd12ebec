import type { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * A service, made here or elsewhere: who may connect to it, what its code may do, where it is reached, and how it fares.
 *
 * Metrics are minute by minute. With two versions side by side they are those of both together.
 */
export interface IScalableStatelessService extends IConstruct, IConnectable, IGrantable {
  /**
   * The address of the service.
   */
  readonly url: string;

  /**
   * How much of their CPU the tasks use, in percent: the average over them.
   */
  metricCpuUtilization(options?: MetricOptions): IMetric;

  /**
   * How much of their memory the tasks use, in percent: the average over them.
   */
  metricMemoryUtilization(options?: MetricOptions): IMetric;

  /**
   * The requests that reached a task.
   */
  metricRequests(options?: MetricOptions): IMetric;

  /**
   * The requests for each task, in a **minute**: what scaling follows.
   */
  metricRequestsPerTask(options?: MetricOptions): IMetric;

  /**
   * The answers of tasks with a status from 500 to 599.
   */
  metricServerErrors(options?: MetricOptions): IMetric;

  /**
   * How long tasks take to answer, in seconds: the 95th percentile, unless another statistic is asked for.
   */
  metricResponseTime(options?: MetricOptions): IMetric;

  /**
   * The tasks that pass their health checks.
   */
  metricHealthyTasks(options?: MetricOptions): IMetric;

  /**
   * The tasks that fail their health checks.
   */
  metricUnhealthyTasks(options?: MetricOptions): IMetric;
}
