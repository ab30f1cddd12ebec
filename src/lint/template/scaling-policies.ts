import { isHighResolution, isRequestCount, isScalingMetric, unitOf } from '../../metrics/metric';
import { field, type TemplateValue } from '../../plan/template/template-value';
import { SCALABLE_TARGET, SCALING_POLICY } from './ecs-service';
import type { LintedResource, LintedTemplate } from './linted-template';
import { keyOf, textOf } from './values';

/** A scaling policy, with its target-tracking configuration if it has one. */
export interface LintedPolicy {
  readonly resource: LintedResource;

  /** Equal for policies of one scalable target; undefined where it is not known. */
  readonly targetKey: string | undefined;
  readonly tracking: TemplateValue | undefined;
}

/** The property of the target-tracking configuration. */
export const TRACKING = 'TargetTrackingScalingPolicyConfiguration';

/** All policies of Application Auto Scaling. */
export function policiesOf(template: LintedTemplate): readonly LintedPolicy[] {
  return template.ofType(SCALING_POLICY).map((resource) => {
    const { ScalingTargetId: id, ResourceId: resourceId, ScalableDimension: dimension } = resource.properties;
    const target = template.target(id, SCALABLE_TARGET)?.properties;
    const key = keyOf(resourceId ?? target?.['ResourceId']) + keyOf(dimension ?? target?.['ScalableDimension']);
    const isKnown = resourceId !== undefined || id !== undefined;
    const targetKey = target === undefined && resourceId === undefined ? keyOf(id) : key;
    return { resource, targetKey: isKnown ? targetKey : undefined, tracking: resource.properties[TRACKING] };
  });
}

/** The predefined metric of a target-tracking policy, such as `ECSServiceAverageCPUUtilization`. */
export function predefinedMetric(tracking: TemplateValue | undefined): string | undefined {
  return textOf(field(field(tracking, 'PredefinedMetricSpecification'), 'PredefinedMetricType'));
}

/** Whether a target-tracking policy follows the request count per target, at any resolution. */
export function followsRequestCount(tracking: TemplateValue | undefined): boolean {
  const metric = predefinedMetric(tracking);
  return isScalingMetric(metric) && isRequestCount(metric);
}

/** Whether a target-tracking policy follows a metric in percent. */
export function followsPercentage(tracking: TemplateValue | undefined): boolean {
  const metric = predefinedMetric(tracking);
  return isScalingMetric(metric) && unitOf(metric) === 'percent';
}

/** Whether a target-tracking policy follows a metric that ECS publishes every 20 seconds. */
export function followsHighResolutionMetric(tracking: TemplateValue | undefined): boolean {
  const metric = predefinedMetric(tracking);
  return isScalingMetric(metric) && isHighResolution(metric);
}

/** Equal for target-tracking policies that AWS does not allow beside each other: those on one metric. */
export function metricKey(tracking: TemplateValue | undefined): string | undefined {
  const metric = field(tracking, 'PredefinedMetricSpecification') ?? field(tracking, 'CustomizedMetricSpecification');
  return metric === undefined ? undefined : keyOf(metric);
}
