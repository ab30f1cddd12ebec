import { AWS_DEFAULTS } from './default-plan';
import type { HealthCheck } from './health-check';
import { targetGroupAttribute } from './read-deployment';
import { field, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

/** Reads how the load balancer checks the health of its targets. */
export function readHealthCheck(template: Template, numbers: TemplateNumbers, targetGroup: Resource): HealthCheck {
  const defaults = AWS_DEFAULTS.healthCheck;
  return {
    path: template.plain(targetGroup.properties.HealthCheckPath) ?? defaults.path,
    intervalSeconds: numbers.optional(targetGroup, 'HealthCheckIntervalSeconds', defaults.intervalSeconds),
    timeoutSeconds: numbers.optional(targetGroup, 'HealthCheckTimeoutSeconds', defaults.timeoutSeconds),
    healthyThresholdCount: numbers.optional(targetGroup, 'HealthyThresholdCount', defaults.healthyThresholdCount),
    unhealthyThresholdCount: numbers.optional(targetGroup, 'UnhealthyThresholdCount', defaults.unhealthyThresholdCount),
  };
}

/** Reads how long a target that leaves may finish what it was asked. */
export function readDeregistrationDelay(numbers: TemplateNumbers, targetGroup: Resource): number {
  const key = 'deregistration_delay.timeout_seconds';
  return numbers.of(`${targetGroup.id} ${key}`, targetGroupAttribute(targetGroup, key) ?? AWS_DEFAULTS.deregistrationDelaySeconds);
}

/** Says of a health check that passes with other codes than 200 that it does not here. */
export function ignoredMatcher(template: Template, targetGroup: Resource): string[] {
  const codes = template.plain(field(targetGroup.properties.Matcher, 'HttpCode'));
  return codes === undefined || codes === '200' ? [] : [`${targetGroup.id} Matcher ${codes}: a health check passes with 200 only`];
}
