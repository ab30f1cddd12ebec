import { isScalingMetric, unitOf } from '../metric';
import type { TargetTracking } from '../target-tracking';
import { field, type Resource, type TemplateValue } from '../template';
import type { FollowedMetric } from './known-metric';
import { metricName, readMetric } from './read-metric';
import type { ScalingReading } from './scaling-reading';

/** What paces a target-tracking policy where it does not say so itself. */
export interface PaceDefaults {
  readonly scaleOutSeconds: number;
  readonly scaleInSeconds: number;
}

/** Reads a target-tracking policy; undefined, and named as ignored, where its metric cannot be followed. */
export function readTargetTracking(
  reading: ScalingReading,
  policy: Resource,
  tracking: TemplateValue | undefined,
  defaults: PaceDefaults,
): TargetTracking | undefined {
  const followed = followedMetric(reading, tracking);
  if (followed === undefined) {
    reading.ignore(`${policy.id} (${nameOf(reading, tracking)}): this metric is not followed`);
    return undefined;
  }
  const number = (name: string, fallback?: number): number => reading.numbers.of(`${policy.id} ${name}`, field(tracking, name) ?? fallback);
  return {
    name: reading.text(policy.properties.PolicyName) ?? policy.id,
    metric: followed.metric,
    targetValue: number('TargetValue') / followed.scale,
    scaleOutCooldownSeconds: number('ScaleOutCooldown', defaults.scaleOutSeconds),
    scaleInCooldownSeconds: number('ScaleInCooldown', defaults.scaleInSeconds),
    disableScaleIn: reading.isTrue(field(tracking, 'DisableScaleIn')),
  };
}

function followedMetric(reading: ScalingReading, tracking: TemplateValue | undefined): FollowedMetric | undefined {
  const predefined = predefinedMetric(reading, tracking);
  if (predefined === undefined) {
    const custom = readMetric(reading, field(tracking, 'CustomizedMetricSpecification'));
    return custom !== undefined && isTrackable(custom) ? custom : undefined;
  }
  if (!isScalingMetric(predefined) || unitOf(predefined) === 'seconds') return undefined;
  return { kind: 'metric', metric: predefined, statistic: 'Average', scale: 1 };
}

/** A target needs a metric that falls as tasks are added, and has no guard: no traffic would look like none too much. */
function isTrackable({ metric, leastRequestsPerMinute }: FollowedMetric): boolean {
  return unitOf(metric) !== 'seconds' && leastRequestsPerMinute === undefined;
}

function predefinedMetric(reading: ScalingReading, tracking: TemplateValue | undefined): string | undefined {
  return reading.text(field(field(tracking, 'PredefinedMetricSpecification'), 'PredefinedMetricType'));
}

function nameOf(reading: ScalingReading, tracking: TemplateValue | undefined): string {
  return predefinedMetric(reading, tracking) ?? metricName(reading, field(tracking, 'CustomizedMetricSpecification'));
}
