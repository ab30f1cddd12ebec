import { type ValidationError, validationError } from '../parse/validation-error';
import { percentOfTasksRoundedUp } from './percent-of-tasks';

/** How ECS uses the value of a failure threshold. */
export const THRESHOLD_TYPES = ['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT'] as const;

/**
 * The failure threshold of the deployment circuit breaker.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html
 */
export interface FailureThreshold {
  /** `COUNT`: the value is a number of tasks. The others: a percentage of the desired count, with bounds or without. */
  readonly type: (typeof THRESHOLD_TYPES)[number];
  /** Tasks, or percent of the latest desired count: whole, and at least 1. */
  readonly value: number;
}

/** The threshold of ECS where none is configured: half of the desired count, from 3 to 200. */
export const DEFAULT_FAILURE_THRESHOLD: FailureThreshold = { type: 'BOUNDED_PERCENT', value: 50 };

/** The bounds of `BOUNDED_PERCENT` (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html). */
const BOUNDS = { min: 3, max: 200 } as const;

/** The number of failed tasks with which the circuit breaker ends a deployment. A percentage is rounded up. */
export function failuresAtThreshold({ type, value }: FailureThreshold, desiredCount: number): number {
  if (type === 'COUNT') return value;
  const failures = Math.max(1, percentOfTasksRoundedUp(desiredCount, value));
  return type === 'UNBOUNDED_PERCENT' ? failures : Math.min(BOUNDS.max, Math.max(BOUNDS.min, failures));
}

/** Returns an error for a type or a value that ECS rejects. */
export function failureThresholdErrors({ type, value }: FailureThreshold): ValidationError[] {
  if (!THRESHOLD_TYPES.includes(type))
    return [validationError('circuit breaker threshold type', `be one of ${THRESHOLD_TYPES.join(', ')}`, type)];
  const [max, rule] = type === 'COUNT' ? [Number.POSITIVE_INFINITY, 'of at least 1'] : [100, 'of percent from 1 to 100'];
  const isValid = Number.isInteger(value) && value >= 1 && value <= max;
  return isValid ? [] : [validationError('circuit breaker threshold', `be a whole number ${rule}`, value)];
}
