import { isScalingMetric, unitOf } from '../../metrics/metric';
import { ALARMS_PER_TARGET_TRACKING, type TargetTracking } from '../target-tracking';
import type { TemplateMetric } from './known-metric';
import { billedMetrics } from './read-alarms';
import { metricName, readMetric } from './read-metric';
import { noteApproximation } from './read-step-scaling';
import type { Resource } from './resource';
import type { ScalingReader } from './scaling-reader';
import { field, type TemplateValue } from './template-value';

/** The default cooldowns of a target-tracking policy. */
export interface DefaultCooldowns {
  readonly scaleOutSeconds: number;
  readonly scaleInSeconds: number;
}

/** Reads a target-tracking policy. If its metric cannot be simulated, the result is undefined, and a text says that it is ignored. */
export function readTargetTracking(
  reader: ScalingReader,
  policy: Resource,
  tracking: TemplateValue | undefined,
  defaults: DefaultCooldowns,
): TargetTracking | undefined {
  const simulated = readSimulatedMetric(reader, tracking);
  const metricsPerAlarm = billedMetrics(field(tracking, 'CustomizedMetricSpecification'));
  if (simulated === undefined) {
    reader.ignoredAlarmMetrics += ALARMS_PER_TARGET_TRACKING * metricsPerAlarm;
    reader.ignore(`${policy.id} (${nameOf(reader, tracking)}): this metric is not simulated`);
    return undefined;
  }
  noteApproximation(reader, policy.id, simulated);
  const number = (name: string, fallback?: number): number => reader.numbers.of(`${policy.id} ${name}`, field(tracking, name) ?? fallback);
  return {
    name: reader.text(policy.properties.PolicyName) ?? policy.id,
    metric: simulated.metric,
    targetValue: number('TargetValue') / simulated.scale,
    scaleOutCooldownSeconds: number('ScaleOutCooldown', defaults.scaleOutSeconds),
    scaleInCooldownSeconds: number('ScaleInCooldown', defaults.scaleInSeconds),
    disableScaleIn: reader.isTrue(field(tracking, 'DisableScaleIn')),
    ...(metricsPerAlarm === 1 ? {} : { metricsPerAlarm }),
  };
}

function readSimulatedMetric(reader: ScalingReader, tracking: TemplateValue | undefined): TemplateMetric | undefined {
  const predefined = predefinedMetric(reader, tracking);
  if (predefined === undefined) {
    const custom = readMetric(reader, field(tracking, 'CustomizedMetricSpecification'));
    return custom !== undefined && canBeTargetTracked(custom) ? custom : undefined;
  }
  if (!isScalingMetric(predefined) || unitOf(predefined) === 'seconds') return undefined;
  return { kind: 'metric', metric: predefined, statistic: 'Average', scale: 1 };
}

/** Target tracking needs a metric that falls as tasks are added, without a minimum of traffic. */
function canBeTargetTracked({ metric, minRequestsPerMinute }: TemplateMetric): boolean {
  return unitOf(metric) !== 'seconds' && minRequestsPerMinute === undefined;
}

function predefinedMetric(reader: ScalingReader, tracking: TemplateValue | undefined): string | undefined {
  return reader.text(field(field(tracking, 'PredefinedMetricSpecification'), 'PredefinedMetricType'));
}

function nameOf(reader: ScalingReader, tracking: TemplateValue | undefined): string {
  return predefinedMetric(reader, tracking) ?? metricName(reader, field(tracking, 'CustomizedMetricSpecification'));
}
