import { type Duration, type RemovalPolicy, Token } from 'aws-cdk-lib';
import { ContainerImage, type ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { formatError, type ValidationError, validationError } from '../../parse/validation-error';
import { secondsOf, wholeNumberErrors } from '../prop-rules';
import type { AlarmMuteRule } from './alarm-mute-rule';

/**
 * Properties of the logs, alarms and dashboard, whatever the tasks run on.
 *
 * @internal
 */
export interface SharedObservabilityProps {
  /**
   * Whether CloudWatch alarms are created: for server errors, response time, unhealthy tasks, no healthy task, CPU, memory, and a task count at
   * its maximum: the largest of `schedules`, else `maxCapacity`; none where the minimum is the maximum. Each costs about ten cents a month.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * The length of the warm-up period of the alarms, which delays their evaluation after they are created or updated. Until enough data has
   * arrived they stay in INSUFFICIENT_DATA and notify no topic: whole minutes, from 1 minute to 2 days.
   *
   * @default - none: until the first task of a new service is healthy, the alarm on no healthy task is in ALARM
   */
  readonly alarmWarmUp?: Duration;

  /**
   * The alarm mute rules, for planned work: the alarms then notify no topic.
   *
   * @default - none
   */
  readonly alarmMuteRules?: AlarmMuteRule[];

  /**
   * The SNS topic that is notified when an alarm goes into ALARM, when it returns to OK, and when a deployment has failed.
   *
   * CloudWatch and EventBridge are allowed to publish to it, and to use its KMS key. The policies of an imported topic or key must allow both, which
   * a warning describes. No notification arrives through the AWS managed key `alias/aws/sns`.
   *
   * @default - no notifications
   */
  readonly alarmTopic?: ITopic;

  /**
   * The threshold of the alarm on server errors (HTTP 5xx), in percent of the requests: above 0, at most 100.
   *
   * The alarm goes into ALARM when two of three minutes reach it. A minute with fewer than `200 / serverErrorAlarmPercent` requests counts as one
   * with that many, 200 by default: it takes two errors in a minute, so that a single one at a quiet time does not page, and an outage does. For a
   * percentage that is only known during a deployment, the number is 200.
   *
   * @default 1
   */
  readonly serverErrorAlarmPercent?: number;

  /**
   * The threshold of the alarm on the 95th percentile of the response time: above 0 seconds.
   *
   * The alarm goes into ALARM when three of three minutes reach it.
   *
   * @default Duration.seconds(1)
   */
  readonly responseTimeAlarmThreshold?: Duration;

  /**
   * Whether a CloudWatch dashboard is created: tasks, request count and CPU with their targets, response time, errors, and the cost of the
   * tasks at the on-demand prices of us-east-1. The dashboard costs three dollars a month after the first three of an account.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * The retention of the log group of the tasks, of the flow logs of a new VPC, and of the access logs in a new bucket.
   *
   * Without it, the access logs expire after a year.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The KMS key of the log groups. Its policy must allow CloudWatch Logs to use it.
   *
   * @default - a key that CloudWatch Logs manages
   */
  readonly logEncryptionKey?: IKey;

  /**
   * The removal policy of the log groups and of the access log buckets. With `DESTROY`, a Lambda function empties the buckets.
   *
   * @default - the log groups are deleted, the buckets retained
   */
  readonly logRemovalPolicy?: RemovalPolicy;
}

/**
 * Properties of the logs, alarms, dashboard and tracing of a service.
 *
 * @internal
 */
export interface ObservabilityProps extends SharedObservabilityProps {
  /**
   * The CloudWatch Container Insights setting of the new cluster.
   *
   * Each metric is billed; `ENHANCED` adds metrics of each task and container, `DISABLED` collects none.
   *
   * @default ContainerInsights.ENABLED
   */
  readonly containerInsights?: ContainerInsights;

  /**
   * The tracing of the service.
   *
   * @default - none
   */
  readonly tracing?: Tracing;
}

/**
 * The tracing of a service.
 */
export class Tracing {
  /**
   * Sends traces to AWS X-Ray, through an OpenTelemetry Collector as a sidecar.
   *
   * The container gets its endpoint in the standard variable `OTEL_EXPORTER_OTLP_ENDPOINT`. The sidecar uses a part of the CPU and memory of
   * the task.
   *
   * @param collectorImage the image of the OpenTelemetry Collector; without it, the AWS Distro for OpenTelemetry from Amazon ECR Public,
   * which tasks without outbound access to the Internet cannot pull: pass a copy in ECR there.
   */
  public static xRay(collectorImage?: ContainerImage): Tracing {
    return new Tracing(collectorImage ?? ContainerImage.fromRegistry(COLLECTOR_IMAGE));
  }

  /** @internal */
  public readonly _collectorImage: ContainerImage;

  private constructor(collectorImage: ContainerImage) {
    this._collectorImage = collectorImage;
  }
}

const COLLECTOR_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3';

/** Returns an error for each rule of alarms that the props break. */
export function observabilityErrors(props: SharedObservabilityProps): ValidationError[] {
  const { serverErrorAlarmPercent: percent = 1 } = props;
  const seconds = secondsOf(props.responseTimeAlarmThreshold) ?? 1;
  return [
    ...(Token.isUnresolved(percent) || (percent > 0 && percent <= 100)
      ? []
      : [validationError('serverErrorAlarmPercent', 'be above 0 and at most 100', percent)]),
    ...wholeNumberErrors('alarmWarmUp', props.alarmWarmUp?.toMinutes({ integral: false }), 1, MAX_WARM_UP_MINUTES, 'minutes'),
    ...(props.alarmMuteRules ?? []).flatMap(({ _duration }) =>
      wholeNumberErrors('alarmMuteRules duration', _duration.toMinutes({ integral: false }), 1, MAX_MUTE_MINUTES, 'minutes').map(
        formatError,
      ),
    ),
    ...(props.alarms === false
      ? (['alarmWarmUp', 'alarmMuteRules'] as const)
          .filter((name) => props[name] !== undefined)
          .map((name) => validationError(name, 'be left out with alarms: false', 'one'))
      : []),
    ...(Token.isUnresolved(seconds) || seconds > 0 ? [] : [validationError('responseTimeAlarmThreshold', 'be above 0 seconds', seconds)]),
  ];
}

/** Two days. */
const MAX_WARM_UP_MINUTES = 2880;

/** 15 days. */
const MAX_MUTE_MINUTES = 21_600;
