const PATH = /^\/[\x21-\x7e]{0,1023}$/;

/** How the load balancer finds out whether a task can serve. */
export interface HealthCheck {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * Returns one sentence for each rule of the load balancer that the health check breaks.
 *
 * The ranges are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function healthCheckMistakes(check: HealthCheck): string[] {
  return [
    ...(PATH.test(check.path)
      ? []
      : [`healthCheck.path must start with '/' and be at most 1024 ASCII characters without spaces, got '${check.path}'`]),
    ...outside('healthCheck.interval', check.intervalSeconds, 5, 300, ' seconds'),
    ...outside('healthCheck.timeout', check.timeoutSeconds, 2, 120, ' seconds'),
    ...outside('healthCheck.healthyThresholdCount', check.healthyThresholdCount, 2, 10),
    ...outside('healthCheck.unhealthyThresholdCount', check.unhealthyThresholdCount, 2, 10),
    ...(check.timeoutSeconds < check.intervalSeconds
      ? []
      : [`healthCheck.timeout must be below healthCheck.interval (${check.intervalSeconds} seconds), got ${check.timeoutSeconds} seconds`]),
  ];
}

function outside(name: string, value: number, least: number, most: number, unit = ''): string[] {
  if (!(value >= least && value <= most)) return [`${name} must be from ${least} to ${most}${unit}, got ${value}${unit}`];
  return Number.isInteger(value) ? [] : [`${name} must be a whole number${unit && ` of${unit}`}, got ${value}${unit}`];
}
