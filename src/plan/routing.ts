import { type ValidationError, validationError } from '../parse/validation-error';

/** The load balancing algorithms of a target group. */
export const ROUTING_ALGORITHMS = ['round_robin', 'least_outstanding_requests', 'weighted_random'] as const;

/** How a target group chooses the task for a request. */
export type RoutingAlgorithm = (typeof ROUTING_ALGORITHMS)[number];

/** The routing attributes of a target group. */
export interface Routing {
  readonly algorithm: RoutingAlgorithm;
  /** The slow start duration, in which the share of a new task increases linearly; 0 gives it a full share at once. */
  readonly slowStartSeconds: number;
  /** Whether `weighted_random` sends fewer requests to tasks with more errors than the others. */
  readonly enableAnomalyMitigation: boolean;
  /** How long a cookie binds a client to a task; it is renewed with each response. Undefined without stickiness. */
  readonly stickinessSeconds?: number;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions */
const MAX_STICKINESS_SECONDS = 7 * 86_400;

/** Whether a target group knows an algorithm of this name. */
export function isRoutingAlgorithm(name: string): name is RoutingAlgorithm {
  return (ROUTING_ALGORITHMS as readonly string[]).includes(name);
}

/**
 * Returns an error for each rule of the load balancer that the routing breaks.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function routingErrors({ algorithm, slowStartSeconds, enableAnomalyMitigation, stickinessSeconds }: Routing): ValidationError[] {
  const isDuration = slowStartSeconds === 0 || isWholeWithin(slowStartSeconds, 30, 900);
  const errors = isDuration ? [] : [validationError('slow start', 'be 0 or a whole number of seconds from 30 to 900', slowStartSeconds)];
  if (stickinessSeconds !== undefined && !isWholeWithin(stickinessSeconds, 1, MAX_STICKINESS_SECONDS)) {
    errors.push(validationError('stickiness', `last a whole number of seconds from 1 to ${MAX_STICKINESS_SECONDS}`, stickinessSeconds));
  }
  if (!isRoutingAlgorithm(algorithm))
    return [...errors, validationError('routing algorithm', `be one of ${ROUTING_ALGORITHMS.join(', ')}`, algorithm)];
  if (enableAnomalyMitigation && algorithm !== 'weighted_random') {
    errors.push(validationError('anomaly mitigation', 'go with the algorithm weighted_random', algorithm));
  }
  if (slowStartSeconds === 0 || algorithm === 'round_robin') return errors;
  return [...errors, validationError('slow start', `be 0 with the algorithm ${algorithm}`, `${slowStartSeconds} seconds`)];
}

function isWholeWithin(seconds: number, min: number, max: number): boolean {
  return Number.isInteger(seconds) && seconds >= min && seconds <= max;
}
