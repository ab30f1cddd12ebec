import type { Infrastructure } from '../infrastructure';
import type { Resource } from './resource';
import type { Template } from './template';
import { field, items, type TemplateValue } from './template-value';

/** A metric or alarm with a shorter period has high resolution. */
export const MINUTE_SECONDS = 60;

/** The upper and the lower bound of the expected values. */
const ANOMALY_BOUNDS = 2;

/** What CloudWatch bills for alarms and dashboards. */
export type AlarmsAndDashboards = Pick<Infrastructure, 'alarmMetrics' | 'highResolutionAlarmMetrics' | 'compositeAlarms' | 'dashboards'>;

/** Counts the alarms of a template by their metrics, its composite alarms and its dashboards. */
export function readAlarmsAndDashboards(template: Template): AlarmsAndDashboards {
  const alarms = template.resourcesOfType('AWS::CloudWatch::Alarm');
  const metricsOf = (counted: readonly Resource[]): number => counted.reduce((sum, { properties }) => sum + billedMetrics(properties), 0);
  return {
    alarmMetrics: metricsOf(alarms),
    highResolutionAlarmMetrics: metricsOf(alarms.filter(({ properties }) => isHighResolution(template, properties))),
    compositeAlarms: template.resourcesOfType('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: template.resourcesOfType('AWS::CloudWatch::Dashboard').length,
  };
}

/**
 * The metrics that an alarm, or each alarm of a target-tracking policy, is billed for: one, or with metric math each metric of its
 * expressions. Anomaly detection adds the two bounds of the expected values. How many metrics a Metrics Insights query
 * finds is not known: it counts as one.
 *
 * https://aws.amazon.com/cloudwatch/pricing
 *
 * @param specification the properties of the alarm, or the customized metric of the policy.
 */
export function billedMetrics(specification: TemplateValue | undefined): number {
  const queries = items(field(specification, 'Metrics'));
  const metrics = queries.filter((query) => field(query, 'MetricStat') !== undefined).length;
  const hasBounds = queries.some((query) => /\bANOMALY_DETECTION_BAND\b/i.test(JSON.stringify(field(query, 'Expression') ?? '')));
  return Math.max(1, metrics) + (hasBounds ? ANOMALY_BOUNDS : 0);
}

/** The period of an alarm is its own, or that of its metrics. */
function isHighResolution(template: Template, alarm: TemplateValue): boolean {
  const periods = [
    field(alarm, 'Period'),
    ...items(field(alarm, 'Metrics')).flatMap((query) => [field(query, 'Period'), field(field(query, 'MetricStat'), 'Period')]),
  ];
  return periods.some((period) => Number(template.resolvedText(period) ?? MINUTE_SECONDS) < MINUTE_SECONDS);
}
