import type { AlarmRule, ComparisonOperator, PeriodicAlarmRule } from '../alarm-rule';
import { unitOf } from '../metric';
import type { AlarmScaling } from '../step-scaling';
import { field, items, type Resource, type TemplateValue } from '../template';
import type { FollowedMetric } from './known-metric';
import { metricName, readMetric } from './read-metric';
import type { ScalingReading } from './scaling-reading';

/** What an alarm says of the policy that it sets off; values of the template are the metric times `scale`. */
export interface ReadAlarm extends Pick<AlarmScaling, 'alarmName' | 'metric' | 'statistic' | 'alarm' | 'leastRequestsPerMinute'> {
  readonly scale: number;
}

const COMPARISONS: readonly string[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] satisfies ComparisonOperator[];

const TREATMENTS: readonly string[] = ['missing', 'ignore', 'breaching', 'notBreaching'] satisfies AlarmRule['treatMissingData'][];

/** Reads every alarm of the template that sets a policy off; those that cannot be followed are named as ignored. */
export function readAlarms(reading: ScalingReading, policy: Resource): ReadAlarm[] {
  const alarms = reading.template.ofType('AWS::CloudWatch::Alarm');
  const leadsHere = (actions: TemplateValue | undefined): boolean =>
    items(actions).some((action) => reading.template.referredTo(action, policy.type)?.id === policy.id);
  for (const { id, properties } of alarms) {
    for (const actions of ['OKActions', 'InsufficientDataActions'].filter((name) => leadsHere(properties[name]))) {
      reading.ignore(`${id} ${actions}: only an alarm that is raised sets ${policy.id} off here`);
    }
  }
  const read = alarms.filter(({ properties }) => leadsHere(properties.AlarmActions)).map((alarm) => readAlarm(reading, alarm));
  if (read.length === 0) reading.ignore(`${policy.id}: no alarm of this template sets it off`);
  return read.filter((alarm) => alarm !== undefined);
}

function readAlarm(reading: ScalingReading, { id, properties }: Resource): ReadAlarm | undefined {
  const followed = readMetric(reading, properties as TemplateValue);
  const comparisonOperator = reading.text(properties.ComparisonOperator) ?? '';
  const reason = reasonToIgnore(reading, properties as TemplateValue, followed);
  if (followed === undefined || reason !== undefined) {
    reading.ignore(`${id} ${reason}`);
    return undefined;
  }
  noteApproximation(reading, id, followed);
  const { metric, statistic, scale, leastRequestsPerMinute } = followed;
  const rule = readRule(reading, id, properties as TemplateValue, comparisonOperator as ComparisonOperator);
  return {
    alarmName: reading.text(properties.AlarmName) ?? id,
    metric,
    statistic,
    scale,
    alarm: { ...rule, threshold: rule.threshold / scale },
    ...(leastRequestsPerMinute === undefined ? {} : { leastRequestsPerMinute }),
  };
}

function reasonToIgnore(reading: ScalingReading, alarm: TemplateValue, followed: FollowedMetric | undefined): string | undefined {
  if (reading.text(field(alarm, 'ActionsEnabled')) === 'false') return 'ActionsEnabled false: its actions are switched off';
  if (followed === undefined) return `(${metricName(reading, alarm)}): this metric is not followed`;
  const comparison = reading.text(field(alarm, 'ComparisonOperator')) ?? 'nothing';
  return COMPARISONS.includes(comparison) ? undefined : `ComparisonOperator ${comparison}: bands are not followed`;
}

function readRule(reading: ScalingReading, id: string, alarm: TemplateValue, comparisonOperator: ComparisonOperator): PeriodicAlarmRule {
  const number = (name: string, fallback?: TemplateValue): number => reading.numbers.of(`${id} ${name}`, field(alarm, name) ?? fallback);
  const treatment = reading.text(field(alarm, 'TreatMissingData')) ?? 'missing';
  const evaluationPeriods = number('EvaluationPeriods');
  return {
    comparisonOperator,
    threshold: number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm: number('DatapointsToAlarm', evaluationPeriods),
    treatMissingData: (TREATMENTS.includes(treatment) ? treatment : 'missing') as AlarmRule['treatMissingData'],
    periodSeconds: number('Period', periodOfMath(reading, alarm)),
  };
}

/** An alarm on metric math takes the period of the metrics that it is made of. */
function periodOfMath(reading: ScalingReading, alarm: TemplateValue): TemplateValue {
  const periods = items(field(alarm, 'Metrics')).map((metric) => reading.text(field(field(metric, 'MetricStat'), 'Period')));
  return periods.find((period) => period !== undefined) ?? 60;
}

/** Tasks share their load evenly here: the busiest and the idlest of them are the average. */
function noteApproximation(reading: ScalingReading, id: string, { metric, statistic }: FollowedMetric): void {
  const isExact =
    unitOf(metric) === 'requests per minute' || statistic === 'Average' || (metric === 'TargetResponseTime' && statistic.startsWith('p'));
  if (!isExact) reading.ignore(`${id} ${statistic} of ${metric}: followed as its average`);
}
