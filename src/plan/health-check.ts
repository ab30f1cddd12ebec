import { type ValidationError, validationError } from '../parse/validation-error';

const VALID_PATH = /^\/[\x21-\x7e]{0,1023}$/;

/** The health check of a target group. */
export interface HealthCheck {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * Returns an error for each rule of the load balancer that the health check breaks.
 *
 * The ranges are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function healthCheckErrors(check: HealthCheck): ValidationError[] {
  return [
    ...(VALID_PATH.test(check.path)
      ? []
      : [validationError('healthCheck.path', "start with '/' and be at most 1024 ASCII characters without spaces", `'${check.path}'`)]),
    ...rangeErrors('healthCheck.interval', check.intervalSeconds, 5, 300, ' seconds'),
    ...rangeErrors('healthCheck.timeout', check.timeoutSeconds, 2, 120, ' seconds'),
    ...rangeErrors('healthCheck.healthyThresholdCount', check.healthyThresholdCount, 2, 10),
    ...rangeErrors('healthCheck.unhealthyThresholdCount', check.unhealthyThresholdCount, 2, 10),
    ...(check.timeoutSeconds < check.intervalSeconds
      ? []
      : [
          validationError(
            'healthCheck.timeout',
            ['be below ', { path: 'healthCheck.interval', value: `${check.intervalSeconds} seconds` }],
            `${check.timeoutSeconds} seconds`,
          ),
        ]),
  ];
}

function rangeErrors(name: string, value: number, min: number, max: number, unit = ''): ValidationError[] {
  // written so that NaN is out of range too.
  if (!(value >= min && value <= max)) return [validationError(name, `be from ${min} to ${max}${unit}`, `${value}${unit}`)];
  return Number.isInteger(value) ? [] : [validationError(name, `be a whole number${unit && ` of${unit}`}`, `${value}${unit}`)];
}
