/** The names of the routing algorithms, in AWS's own spelling. */
export const ROUTING_ALGORITHMS = ['round_robin', 'least_outstanding_requests', 'weighted_random'] as const;

/** How a target group chooses the task for a request. */
export type RoutingAlgorithm = (typeof ROUTING_ALGORITHMS)[number];

/** How the load balancer shares requests among the tasks. */
export interface Routing {
  readonly algorithm: RoutingAlgorithm;
  /** How long the share of a task that has just become healthy grows from nothing to a full one; 0 gives it a full share at once. */
  readonly slowStartSeconds: number;
  /** Whether `weighted_random` sends less to tasks that fail more of their requests than others do. */
  readonly mitigatesAnomalies: boolean;
  /** How long a client is sent to the same task, by a cookie that is renewed with each answer; undefined where any task will do. */
  readonly stickinessSeconds?: number;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions */
const LONGEST_STICKINESS_SECONDS = 7 * 86_400;

/** Whether a target group knows an algorithm of this name. */
export function isRoutingAlgorithm(name: string): name is RoutingAlgorithm {
  return (ROUTING_ALGORITHMS as readonly string[]).includes(name);
}

/**
 * Returns one sentence for each rule of the load balancer that the routing breaks.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function routingMistakes({ algorithm, slowStartSeconds, mitigatesAnomalies, stickinessSeconds }: Routing): string[] {
  const isDuration = slowStartSeconds === 0 || isWholeWithin(slowStartSeconds, 30, 900);
  const mistakes = isDuration ? [] : [`slow start must be 0 or a whole number of seconds from 30 to 900, got ${slowStartSeconds}`];
  if (stickinessSeconds !== undefined && !isWholeWithin(stickinessSeconds, 1, LONGEST_STICKINESS_SECONDS)) {
    mistakes.push(`stickiness must last a whole number of seconds from 1 to ${LONGEST_STICKINESS_SECONDS}, got ${stickinessSeconds}`);
  }
  if (!isRoutingAlgorithm(algorithm))
    return [...mistakes, `routing algorithm must be one of ${ROUTING_ALGORITHMS.join(', ')}, got ${algorithm}`];
  if (mitigatesAnomalies && algorithm !== 'weighted_random') {
    mistakes.push(`anomaly mitigation must go with the algorithm weighted_random, got ${algorithm}`);
  }
  if (slowStartSeconds === 0 || algorithm === 'round_robin') return mistakes;
  return [...mistakes, `slow start must be 0 with the algorithm ${algorithm}, got ${slowStartSeconds} seconds`];
}

function isWholeWithin(seconds: number, least: number, most: number): boolean {
  return Number.isInteger(seconds) && seconds >= least && seconds <= most;
}
