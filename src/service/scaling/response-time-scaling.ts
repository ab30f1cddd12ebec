import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { REQUEST_COUNT_PERIOD_SECONDS } from '../../plan/target-tracking';
import type { ServiceMetrics } from '../observability/service-metrics';
import type { SharedScalingProps } from './scaling-props';

/** The step adjustments in percent of the tasks, with bounds relative to the threshold. */
export const RESPONSE_TIME_STEPS = [
  { percent: 25, from: 0, to: 0.5 },
  { percent: 50, from: 0.5, to: undefined },
] as const;

const MINUTES_TO_ALARM = 3;

/** The alarm on the response time. With a minimum of traffic, because a few slow requests at night would otherwise start it. */
export function responseTimeAlarm(scope: Construct, metrics: ServiceMetrics, seconds: number, props: SharedScalingProps): Alarm {
  return new Alarm(scope, 'ResponseTimeAlarm', {
    metric: responseTimeWithTraffic(
      metrics,
      props.scaleOutResponseTimeMinTotalRequestsPerSecond ?? DEFAULTS.scaleOutResponseTimeMinTotalRequestsPerSecond,
    ),
    threshold: seconds,
    evaluationPeriods: MINUTES_TO_ALARM,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Scales out while the response time is too high',
  });
}

function responseTimeWithTraffic(metrics: ServiceMetrics, minRequestsPerSecond: number): MathExpression {
  return new MathExpression({
    expression: `IF(requests > ${minRequestsPerSecond * REQUEST_COUNT_PERIOD_SECONDS}, latency, 0)`,
    usingMetrics: { requests: metrics.requests(), latency: metrics.responseTime() },
    period: Duration.minutes(1),
  });
}
