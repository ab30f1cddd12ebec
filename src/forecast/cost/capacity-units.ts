/** What a load balancer has to do, on average over an hour. */
export interface LoadBalancerWork {
  readonly newConnectionsPerSecond: number;
  readonly activeConnections: number;
  readonly bytesPerSecond: number;
  readonly requestsPerSecond: number;
  /** Rules that a request is held against, besides the default action. */
  readonly listenerRules: number;
}

/** The measures that a load balancer is billed by. */
export type CapacityDimension = 'new connections' | 'active connections' | 'processed bytes' | 'rule evaluations';

/** What one capacity unit is worth (https://aws.amazon.com/elasticloadbalancing/pricing). */
const PER_UNIT = {
  newConnectionsPerSecond: 25,
  activeConnections: 3000,
  bytesPerHour: 1e9,
  ruleEvaluationsPerSecond: 1000,
};
const FREE_RULES = 10;
const SECONDS_PER_HOUR = 3600;

/** The capacity units that a load balancer needs in each dimension. */
export function capacityUnitsByDimension(work: LoadBalancerWork): Readonly<Record<CapacityDimension, number>> {
  const ruleEvaluationsPerSecond = work.requestsPerSecond * Math.max(0, work.listenerRules - FREE_RULES);
  return {
    'new connections': work.newConnectionsPerSecond / PER_UNIT.newConnectionsPerSecond,
    'active connections': work.activeConnections / PER_UNIT.activeConnections,
    'processed bytes': (work.bytesPerSecond * SECONDS_PER_HOUR) / PER_UNIT.bytesPerHour,
    'rule evaluations': ruleEvaluationsPerSecond / PER_UNIT.ruleEvaluationsPerSecond,
  };
}

/** The capacity units that are billed: those of the dimension that needs most. */
export function capacityUnits(work: LoadBalancerWork): number {
  return Math.max(...Object.values(capacityUnitsByDimension(work)));
}
