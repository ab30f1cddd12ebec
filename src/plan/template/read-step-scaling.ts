import { unitOf } from '../../metrics/metric';
import type { AlarmRule, ComparisonOperator, PeriodicAlarmRule } from '../alarm-rule';
import { AWS_DEFAULTS } from '../default-plan';
import type { AdjustmentType, AlarmScaling, SimpleScaling, Step, StepScaling } from '../step-scaling';
import type { TemplateMetric } from './known-metric';
import { metricName, readMetric } from './read-metric';
import type { Resource } from './resource';
import type { ScalingReader } from './scaling-reader';
import { field, items, type TemplateValue } from './template-value';

const ADJUSTMENT_TYPES: readonly string[] = ['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity'] satisfies AdjustmentType[];

/**
 * Reads a step-scaling policy, once for each alarm that starts it.
 *
 * @param cooldown the property with the cooldown, and its default.
 */
export function readStepScaling(
  reader: ScalingReader,
  policy: Resource,
  configuration: TemplateValue | undefined,
  cooldown: { readonly property: string; readonly defaultSeconds: number } = {
    property: 'Cooldown',
    defaultSeconds: AWS_DEFAULTS.cooldownSeconds,
  },
): StepScaling[] {
  const adjustment = readAdjustment(reader, policy, configuration);
  if (adjustment === undefined) return [];
  const { property, defaultSeconds } = cooldown;
  const cooldownSeconds = reader.numbers.of(`${policy.id} ${property}`, field(configuration, property) ?? defaultSeconds);
  return readAlarms(reader, policy).map(({ scale, ...alarm }) => ({
    ...adjustment,
    ...alarm,
    steps: items(field(configuration, 'StepAdjustments')).map((step) => readStep(reader, policy, step, scale)),
    cooldownSeconds,
  }));
}

/** Reads a simple-scaling policy of an EC2 Auto Scaling group, once for each alarm that starts it. */
export function readSimpleScaling(reader: ScalingReader, policy: Resource, groupCooldownSeconds: number): SimpleScaling[] {
  const properties = policy.properties as TemplateValue;
  const shared = readAdjustment(reader, policy, properties);
  if (shared === undefined) return [];
  const adjustment = reader.numbers.of(`${policy.id} ScalingAdjustment`, field(properties, 'ScalingAdjustment'));
  const cooldownSeconds = reader.numbers.of(`${policy.id} Cooldown`, field(properties, 'Cooldown') ?? groupCooldownSeconds);
  return readAlarms(reader, policy).map(({ scale: _, ...alarm }: ParsedAlarm) => ({ ...shared, ...alarm, adjustment, cooldownSeconds }));
}

function readAdjustment(reader: ScalingReader, policy: Resource, configuration: TemplateValue | undefined) {
  const adjustmentType = reader.text(field(configuration, 'AdjustmentType')) ?? 'nothing';
  if (!ADJUSTMENT_TYPES.includes(adjustmentType)) {
    reader.ignore(`${policy.id} AdjustmentType ${adjustmentType}: this kind of adjustment is not simulated`);
    return undefined;
  }
  const minAdjustmentMagnitude = reader.optionalNumber(
    `${policy.id} MinAdjustmentMagnitude`,
    field(configuration, 'MinAdjustmentMagnitude'),
  );
  return {
    name: reader.text(policy.properties.PolicyName) ?? policy.id,
    adjustmentType: adjustmentType as AdjustmentType,
    ...(minAdjustmentMagnitude === undefined ? {} : { minAdjustmentMagnitude }),
  };
}

function readStep(reader: ScalingReader, policy: Resource, step: TemplateValue, scale: number): Step {
  const bound = (name: string): number | undefined => {
    const value = reader.optionalNumber(`${policy.id} ${name}`, field(step, name));
    return value === undefined ? undefined : value / scale;
  };
  const lowerBound = bound('MetricIntervalLowerBound');
  const upperBound = bound('MetricIntervalUpperBound');
  return {
    ...(lowerBound === undefined ? {} : { lowerBound }),
    ...(upperBound === undefined ? {} : { upperBound }),
    adjustment: reader.numbers.of(`${policy.id} ScalingAdjustment`, field(step, 'ScalingAdjustment')),
  };
}

/** An alarm that starts a policy; values of the template are the metric times `scale`. */
export interface ParsedAlarm extends Pick<AlarmScaling, 'alarmName' | 'metric' | 'statistic' | 'alarm' | 'minRequestsPerMinute'> {
  readonly scale: number;
}

const COMPARISONS: readonly string[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] satisfies ComparisonOperator[];

const TREATMENTS: readonly string[] = ['missing', 'ignore', 'breaching', 'notBreaching'] satisfies AlarmRule['treatMissingData'][];

/** Reads the alarms of the template that start a policy; those that cannot be simulated are ignored with a text. */
export function readAlarms(reader: ScalingReader, policy: Resource): ParsedAlarm[] {
  const alarms = reader.template.resourcesOfType('AWS::CloudWatch::Alarm');
  const startsPolicy = (actions: TemplateValue | undefined): boolean =>
    items(actions).some((action) => reader.template.referencedResource(action, policy.type)?.id === policy.id);
  for (const { id, properties } of alarms) {
    for (const actions of ['OKActions', 'InsufficientDataActions'].filter((name) => startsPolicy(properties[name]))) {
      reader.ignore(`${id} ${actions}: only an alarm that goes into ALARM starts ${policy.id}`);
    }
  }
  const starting = alarms.filter(({ properties }) => startsPolicy(properties.AlarmActions));
  const read = starting.map((alarm) => (hasActions(reader, alarm) ? readAlarm(reader, alarm) : undefined));
  if (read.length === 0) reader.ignore(`${policy.id}: no alarm of this template starts it`);
  return read.filter((alarm) => alarm !== undefined);
}

/** Whether the actions of an alarm are not switched off; if they are, with a text that it is ignored. */
function hasActions(reader: ScalingReader, { id, properties }: Resource): boolean {
  const isEnabled = reader.text(properties.ActionsEnabled) !== 'false';
  if (!isEnabled) reader.ignore(`${id} ActionsEnabled false: its actions are switched off`);
  return isEnabled;
}

/** Reads an alarm; undefined, with a text that it is ignored, if it cannot be simulated. */
export function readAlarm(reader: ScalingReader, { id, properties }: Resource): ParsedAlarm | undefined {
  const simulated = readMetric(reader, properties as TemplateValue);
  const comparisonOperator = reader.text(properties.ComparisonOperator) ?? '';
  const reason = reasonToIgnore(reader, properties as TemplateValue, simulated);
  if (simulated === undefined || reason !== undefined) {
    reader.ignore(`${id} ${reason}`);
    return undefined;
  }
  noteApproximation(reader, id, simulated);
  const { metric, statistic, scale, minRequestsPerMinute } = simulated;
  const rule = readRule(reader, id, properties as TemplateValue, comparisonOperator as ComparisonOperator);
  return {
    alarmName: reader.text(properties.AlarmName) ?? id,
    metric,
    statistic,
    scale,
    alarm: { ...rule, threshold: rule.threshold / scale },
    ...(minRequestsPerMinute === undefined ? {} : { minRequestsPerMinute }),
  };
}

function reasonToIgnore(reader: ScalingReader, alarm: TemplateValue, simulated: TemplateMetric | undefined): string | undefined {
  if (simulated === undefined) return `(${metricName(reader, alarm)}): this metric is not simulated`;
  const comparison = reader.text(field(alarm, 'ComparisonOperator')) ?? 'nothing';
  return COMPARISONS.includes(comparison) ? undefined : `ComparisonOperator ${comparison}: bands are not simulated`;
}

function readRule(reader: ScalingReader, id: string, alarm: TemplateValue, comparisonOperator: ComparisonOperator): PeriodicAlarmRule {
  const number = (name: string, fallback?: TemplateValue): number => reader.numbers.of(`${id} ${name}`, field(alarm, name) ?? fallback);
  const treatment = reader.text(field(alarm, 'TreatMissingData')) ?? 'missing';
  const evaluationPeriods = number('EvaluationPeriods');
  return {
    comparisonOperator,
    threshold: number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm: number('DatapointsToAlarm', evaluationPeriods),
    treatMissingData: (TREATMENTS.includes(treatment) ? treatment : 'missing') as AlarmRule['treatMissingData'],
    periodSeconds: number('Period', periodOfMath(reader, alarm)),
  };
}

/** The evaluation time of an alarm, evaluation periods × period; NaN if it is known at deployment only. */
export function readEvaluationSeconds(reader: ScalingReader, { id, properties }: Resource): number {
  const { evaluationPeriods, periodSeconds } = readRule(reader, id, properties as TemplateValue, 'GreaterThanThreshold');
  return evaluationPeriods * periodSeconds;
}

/** An alarm on metric math has the period of its metrics. */
function periodOfMath(reader: ScalingReader, alarm: TemplateValue): TemplateValue {
  const periods = items(field(alarm, 'Metrics')).map((metric) => reader.text(field(field(metric, 'MetricStat'), 'Period')));
  return periods.find((period) => period !== undefined) ?? 60;
}

/** The load is simulated evenly: the maximum and the minimum over the tasks are the average. */
export function noteApproximation(reader: ScalingReader, id: string, { metric, statistic }: TemplateMetric): void {
  const isExact =
    unitOf(metric) === 'requests per minute' || statistic === 'Average' || (metric === 'TargetResponseTime' && statistic.startsWith('p'));
  if (!isExact) reader.ignore(`${id} ${statistic} of ${metric}: simulated as its average`);
}
