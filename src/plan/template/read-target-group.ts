import { AWS_DEFAULTS } from '../default-plan';
import type { HealthCheck } from '../health-check';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { targetGroupAttribute } from './template-attributes';
import { field } from './template-value';

/** The type of stickiness with a cookie of the load balancer. */
const LOAD_BALANCER_COOKIE = 'lb_cookie';

/** Reads the health check of a target group. */
export function readHealthCheck(template: Template, numbers: TemplateNumbers, targetGroup: Resource): HealthCheck {
  const defaults = AWS_DEFAULTS.healthCheck;
  return {
    path: template.resolvedText(targetGroup.properties.HealthCheckPath) ?? defaults.path,
    intervalSeconds: numbers.optional(targetGroup, 'HealthCheckIntervalSeconds', defaults.intervalSeconds),
    timeoutSeconds: numbers.optional(targetGroup, 'HealthCheckTimeoutSeconds', defaults.timeoutSeconds),
    healthyThresholdCount: numbers.optional(targetGroup, 'HealthyThresholdCount', defaults.healthyThresholdCount),
    unhealthyThresholdCount: numbers.optional(targetGroup, 'UnhealthyThresholdCount', defaults.unhealthyThresholdCount),
  };
}

/** Reads the deregistration delay. */
export function readDeregistrationDelay(numbers: TemplateNumbers, targetGroup: Resource): number {
  const key = 'deregistration_delay.timeout_seconds';
  return numbers.of(`${targetGroup.id} ${key}`, targetGroupAttribute(targetGroup, key) ?? AWS_DEFAULTS.deregistrationDelaySeconds);
}

/** Reads the expiration of the stickiness cookie of the load balancer; undefined without one. */
export function readStickiness(template: Template, numbers: TemplateNumbers, targetGroup: Resource): number | undefined {
  const key = 'stickiness.lb_cookie.duration_seconds';
  if (!isSticky(template, targetGroup) || stickinessType(template, targetGroup) !== LOAD_BALANCER_COOKIE) return undefined;
  return numbers.of(`${targetGroup.id} ${key}`, targetGroupAttribute(targetGroup, key) ?? AWS_DEFAULTS.stickinessSeconds);
}

/** The text that stickiness by an application cookie is ignored. */
export function ignoredStickiness(template: Template, targetGroup: Resource): string[] {
  const type = stickinessType(template, targetGroup);
  const isSimulated = !isSticky(template, targetGroup) || type === LOAD_BALANCER_COOKIE;
  return isSimulated
    ? []
    : [`${targetGroup.id} stickiness.type ${type}: the forecast simulates stickiness by ${LOAD_BALANCER_COOKIE} only`];
}

function isSticky(template: Template, targetGroup: Resource): boolean {
  return template.resolvedText(targetGroupAttribute(targetGroup, 'stickiness.enabled')) === 'true';
}

function stickinessType(template: Template, targetGroup: Resource): string {
  return template.resolvedText(targetGroupAttribute(targetGroup, 'stickiness.type')) ?? LOAD_BALANCER_COOKIE;
}

/** The text that a matcher with other codes than 200 is ignored. */
export function ignoredMatcher(template: Template, targetGroup: Resource): string[] {
  const codes = template.resolvedText(field(targetGroup.properties.Matcher, 'HttpCode'));
  return codes === undefined || codes === '200'
    ? []
    : [`${targetGroup.id} Matcher ${codes}: the forecast passes a health check with 200 only`];
}
