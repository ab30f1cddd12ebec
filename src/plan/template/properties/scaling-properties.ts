import type { PropertyTable } from './property-table';

/** What becomes of the properties of a scalable target. */
export const SCALABLE_TARGET_PROPERTIES: PropertyTable = {
  read: ['MinCapacity', 'MaxCapacity', 'ScheduledActions', 'SuspendedState'],
  references: ['ResourceId'],
  withoutEffect: ['RoleARN', 'ServiceNamespace', 'ScalableDimension', 'Tags'],
  assumed: {},
};

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';
const CUSTOM = `${TRACKING}.CustomizedMetricSpecification`;
const STEPS = 'StepScalingPolicyConfiguration';

/** What becomes of the properties of a scaling policy. A policy that is not simulated is named as a whole. */
export const SCALING_POLICY_PROPERTIES: PropertyTable = {
  read: [
    ...['PolicyName', 'PredictiveScalingPolicyConfiguration', `${TRACKING}.TargetValue`, `${TRACKING}.DisableScaleIn`],
    ...[`${TRACKING}.ScaleInCooldown`, `${TRACKING}.ScaleOutCooldown`, `${TRACKING}.PredefinedMetricSpecification.PredefinedMetricType`],
    ...[`${CUSTOM}.MetricName`, `${CUSTOM}.Namespace`, `${CUSTOM}.Statistic`, `${CUSTOM}.Period`, `${CUSTOM}.Metrics.Expression`],
    ...[`${CUSTOM}.Metrics.ReturnData`, `${CUSTOM}.Metrics.Id`, `${CUSTOM}.Metrics.MetricStat.Stat`, `${CUSTOM}.Metrics.MetricStat.Period`],
    ...[`${CUSTOM}.Metrics.MetricStat.Metric.MetricName`, `${CUSTOM}.Metrics.MetricStat.Metric.Namespace`],
    ...[`${STEPS}.AdjustmentType`, `${STEPS}.Cooldown`, `${STEPS}.MinAdjustmentMagnitude`, `${STEPS}.StepAdjustments`],
  ],
  references: [
    ...['ResourceId', 'ScalingTargetId', `${TRACKING}.PredefinedMetricSpecification.ResourceLabel`, `${CUSTOM}.Dimensions`],
    `${CUSTOM}.Metrics.MetricStat.Metric.Dimensions`,
  ],
  withoutEffect: [
    ...['PolicyType', 'ServiceNamespace', 'ScalableDimension', `${CUSTOM}.Unit`, `${CUSTOM}.Metrics.Label`],
    `${CUSTOM}.Metrics.MetricStat.Unit`,
  ],
  assumed: {
    [`${STEPS}.MetricAggregationType`]: {
      followed: ['Average'],
      assumed: 'the steps get what the alarm of the policy has: its statistic decides',
    },
  },
};

/** What becomes of the properties of an alarm that starts a policy. */
export const ALARM_PROPERTIES: PropertyTable = {
  read: [
    ...['AlarmName', 'MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period', 'EvaluationPeriods', 'DatapointsToAlarm'],
    ...['Threshold', 'ComparisonOperator', 'TreatMissingData', 'ActionsEnabled', 'Metrics.Expression', 'Metrics.ReturnData', 'Metrics.Id'],
    ...['Metrics.Period', 'Metrics.MetricStat.Stat', 'Metrics.MetricStat.Period', 'Metrics.MetricStat.Metric.MetricName'],
    'Metrics.MetricStat.Metric.Namespace',
  ],
  references: ['Dimensions', 'AlarmActions', 'OKActions', 'InsufficientDataActions', 'Metrics.MetricStat.Metric.Dimensions'],
  withoutEffect: ['AlarmDescription', 'Tags', 'Unit', 'Metrics.Label', 'Metrics.MetricStat.Unit'],
  assumed: {
    EvaluateLowSampleCountPercentile: { followed: ['evaluate'], assumed: 'a percentile of few requests is evaluated' },
    ThresholdMetricId: { assumed: 'bands of anomaly detection are not simulated' },
    'Metrics.AccountId': { assumed: 'the metric is that of this account' },
    EvaluationWindow: { assumed: 'windows slide with each period' },
    EvaluationCriteria: { assumed: 'the alarm has its metric, no query' },
    EvaluationInterval: { assumed: 'the alarm is evaluated each period' },
    WarmUpConfiguration: { assumed: 'the alarm is evaluated from its start' },
  },
};
