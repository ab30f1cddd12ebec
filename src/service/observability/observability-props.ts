import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Tracing } from './tracing';

/**
 * What can be seen of the service, and who is told.
 */
export interface ObservabilityProps {
  /**
   * Whether there are alarms: for server errors, slow responses, unhealthy tasks, no healthy task at all, CPU, memory, and for a service that
   * has as many tasks as it may have. Each costs about ten cents a month.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Who is told when an alarm rings, when it stops, and when a deployment has failed.
   *
   * @default - nobody
   */
  readonly alarmTopic?: ITopic;

  /**
   * From which part of server errors on the alarm rings, in percent of the requests, above 0 and at most 100: when it is reached in two of
   * three minutes.
   *
   * @default 1
   */
  readonly serverErrorAlarmPercent?: number;

  /**
   * From which 95th percentile of the response time on the alarm rings: when it is reached in three of three minutes.
   *
   * @default Duration.seconds(1)
   */
  readonly latencyAlarmThreshold?: Duration;

  /**
   * Whether there is a dashboard: tasks, both signals against their targets, latency, errors, and what the tasks cost. It is three dollars a
   * month, after the first three of an account.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * How long the log of the tasks, and that of the connections in a new network, are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The key that the logs are encrypted with. Its policy must allow CloudWatch Logs to use it.
   *
   * @default - a key of CloudWatch Logs, which nobody can take away
   */
  readonly logEncryptionKey?: IKey;

  /**
   * What becomes of the logs and of the buckets with the requests when the service is deleted. To destroy the buckets, a function empties them.
   *
   * @default - the logs go, the buckets stay
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * How much CloudWatch collects of the new cluster, its service and its tasks. It bills every metric; `DISABLED` collects nothing, `ENHANCED`
   * each task and container.
   *
   * @default ContainerInsights.ENABLED
   */
  readonly containerInsights?: ContainerInsights;

  /**
   * Where traces of the requests go.
   *
   * @default - nowhere
   */
  readonly tracing?: Tracing;
}
