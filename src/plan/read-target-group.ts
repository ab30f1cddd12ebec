import { AWS_DEFAULTS } from './default-plan';
import type { HealthCheck } from './health-check';
import { targetGroupAttribute } from './target-group-attribute';
import { field, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

/** The only type of stickiness whose cookie is the load balancer's. */
const LOAD_BALANCER_COOKIE = 'lb_cookie';

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

/** Reads for how long the load balancer's own cookie binds a client to a target; undefined where it sets none. */
export function readStickiness(template: Template, numbers: TemplateNumbers, targetGroup: Resource): number | undefined {
  const key = 'stickiness.lb_cookie.duration_seconds';
  if (!isSticky(template, targetGroup) || stickinessType(template, targetGroup) !== LOAD_BALANCER_COOKIE) return undefined;
  return numbers.of(`${targetGroup.id} ${key}`, targetGroupAttribute(targetGroup, key) ?? AWS_DEFAULTS.stickinessSeconds);
}

/** Says of a cookie of the application that it binds nobody to a target here. */
export function ignoredStickiness(template: Template, targetGroup: Resource): string[] {
  const type = stickinessType(template, targetGroup);
  const isFollowed = !isSticky(template, targetGroup) || type === LOAD_BALANCER_COOKIE;
  return isFollowed ? [] : [`${targetGroup.id} stickiness.type ${type}: clients are bound to a target by ${LOAD_BALANCER_COOKIE} only`];
}

function isSticky(template: Template, targetGroup: Resource): boolean {
  return template.plain(targetGroupAttribute(targetGroup, 'stickiness.enabled')) === 'true';
}

function stickinessType(template: Template, targetGroup: Resource): string {
  return template.plain(targetGroupAttribute(targetGroup, 'stickiness.type')) ?? LOAD_BALANCER_COOKIE;
}

/** Says of a health check that passes with other codes than 200 that it does not here. */
export function ignoredMatcher(template: Template, targetGroup: Resource): string[] {
  const codes = template.plain(field(targetGroup.properties.Matcher, 'HttpCode'));
  return codes === undefined || codes === '200' ? [] : [`${targetGroup.id} Matcher ${codes}: a health check passes with 200 only`];
}
