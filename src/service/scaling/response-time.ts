import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy, type ScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { DEFAULTS } from '../../plan/default-plan';
import { SECONDS_PER_REQUEST_COUNT } from '../../plan/target-tracking';
import type { ServiceMetrics } from '../observability/service-metrics';
import { secondsOf } from '../seconds';
import type { ScalingProps } from './scaling-props';

/** What a step adds, in percent of the tasks, from which excess on, as a part of the response time that is too long. */
const STEPS = [
  { percent: 25, from: 0, to: 0.5 },
  { percent: 50, from: 0.5, to: undefined },
] as const;

const MINUTES_TO_ALARM = 3;

/**
 * Adds tasks while answers take too long.
 *
 * In steps, since response times do not fall in proportion as tasks are added. Guarded by traffic, or a slow request in an idle night would
 * add tasks which, without traffic, nothing would show to be too many.
 */
export function addTasksWhenSlow(target: ScalableTarget, metrics: ServiceMetrics, props: ScalingProps): void {
  const seconds = secondsOf(props.maxResponseTime);
  if (seconds === undefined) return;
  const policy = createPolicy(target, seconds, secondsOf(props.scaleOutCooldown) ?? DEFAULTS.scaleOutCooldownSeconds);
  const alarm = new Alarm(target, 'ResponseTimeAlarm', {
    metric: guarded(metrics, props.responseTimeLeastRequestsPerSecond ?? DEFAULTS.responseTimeLeastRequestsPerSecond),
    threshold: seconds,
    evaluationPeriods: MINUTES_TO_ALARM,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Adds tasks while answers take too long',
  });
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
}

function createPolicy(target: ScalableTarget, seconds: number, cooldown: number): CfnScalingPolicy {
  return new CfnScalingPolicy(target, 'ResponseTime', {
    policyName: 'ResponseTime',
    policyType: 'StepScaling',
    scalingTargetId: target.scalableTargetId,
    stepScalingPolicyConfiguration: {
      adjustmentType: 'PercentChangeInCapacity',
      minAdjustmentMagnitude: 1,
      metricAggregationType: 'Maximum',
      cooldown,
      stepAdjustments: STEPS.map(({ percent, from, to }) => ({
        scalingAdjustment: percent,
        metricIntervalLowerBound: from * seconds,
        metricIntervalUpperBound: to && to * seconds,
      })),
    },
  });
}

function guarded(metrics: ServiceMetrics, leastRequestsPerSecond: number): MathExpression {
  return new MathExpression({
    expression: `IF(requests > ${leastRequestsPerSecond * SECONDS_PER_REQUEST_COUNT}, latency, 0)`,
    usingMetrics: { requests: metrics.requests(), latency: metrics.responseTime() },
    period: Duration.minutes(1),
  });
}
