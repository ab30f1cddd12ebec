import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, type AutoScalingGroup, MetricAggregationType, StepScalingAction } from 'aws-cdk-lib/aws-autoscaling';
import { type CompleteScalingInterval, findAlarmThresholds, normalizeIntervals } from 'aws-cdk-lib/aws-autoscaling-common';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ServiceMetrics } from '../service/observability/service-metrics';
import type { StepScalingOptions } from './instance-scaling';

const DEFAULTS = { period: Duration.minutes(1), evaluationPeriods: 2 } as const;

const OPERATORS = {
  Lower: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  Upper: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
} as const;

/**
 * Adds a policy for each direction, with the alarm that starts it.
 *
 * `scaleOnMetric` of a group creates the same resources with the same ids, and passes on a cooldown that was not given, which the newest CDK deprecates.
 */
export function scaleInSteps(group: AutoScalingGroup, metrics: ServiceMetrics, options: StepScalingOptions): void {
  const scope = new Construct(group, 'CpuSteps');
  const { adjustmentType = AdjustmentType.CHANGE_IN_CAPACITY } = options;
  const intervals = normalizeIntervals(options.scalingSteps, adjustmentType === AdjustmentType.EXACT_CAPACITY);
  const { lowerAlarmIntervalIndex: lower, upperAlarmIntervalIndex: upper } = findAlarmThresholds(intervals);
  // from the threshold on, each interval is further away from it.
  if (lower !== undefined)
    addDirection(scope, 'Lower', { group, metrics, options, intervals: intervals.slice(0, lower + 1).reverse(), adjustmentType });
  if (upper !== undefined) addDirection(scope, 'Upper', { group, metrics, options, intervals: intervals.slice(upper), adjustmentType });
}

interface Direction {
  readonly group: AutoScalingGroup;
  readonly metrics: ServiceMetrics;
  readonly options: StepScalingOptions;
  readonly adjustmentType: AdjustmentType;

  /** The first is at the threshold. */
  readonly intervals: readonly CompleteScalingInterval[];
}

function addDirection(scope: Construct, id: keyof typeof OPERATORS, direction: Direction): void {
  const { group, metrics, options, intervals, adjustmentType } = direction;
  const { evaluationPeriods = DEFAULTS.evaluationPeriods, period = DEFAULTS.period } = options;
  const threshold = id === 'Lower' ? intervals[0]!.upper : intervals[0]!.lower;
  const action = new StepScalingAction(scope, `${id}Policy`, {
    autoScalingGroup: group,
    adjustmentType,
    metricAggregationType: MetricAggregationType.AVERAGE,
  });
  for (const [index, { lower, upper, change }] of intervals.entries()) {
    const isLast = index === intervals.length - 1;
    action.addAdjustment({
      adjustment: change!,
      lowerBound: id === 'Lower' && isLast ? undefined : lower - threshold,
      upperBound: id === 'Upper' && isLast ? undefined : upper - threshold,
    });
  }
  const alarm = new Alarm(scope, `${id}Alarm`, {
    metric: metrics.cpuUtilization({ period }),
    alarmDescription: `${id} threshold scaling alarm`,
    comparisonOperator: OPERATORS[id],
    evaluationPeriods,
    threshold,
  });
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: action.scalingPolicyArn }) });
}
