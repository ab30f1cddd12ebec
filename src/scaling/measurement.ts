import type { ScalingMetric, Statistic } from '../plan/metric';
import { SECONDS_PER_REQUEST_COUNT } from '../plan/target-tracking';
import type { AwsBehavior } from './aws-behavior';
import type { FleetCounters } from './fleet';
import { percentileBetween } from './percentile';

/** What is measured, and how. */
export interface Measured {
  readonly metric: ScalingMetric;
  /** @default - Average */
  readonly statistic?: Statistic;
  /**
   * Requests per minute, of all tasks together, below which the value is 0.
   *
   * @default - none
   */
  readonly leastRequestsPerMinute?: number;
}

/** How requests per target are counted. */
type Denominator = AwsBehavior['requestCountDenominator'];

/** What CloudWatch reports of the time between two readings of the counters; undefined where it would hold no datapoint. */
export function measure(
  { metric, statistic = 'Average', leastRequestsPerMinute = 0 }: Measured,
  before: FleetCounters,
  after: FleetCounters,
  denominator: Denominator = 'healthy',
): number | undefined {
  const leastRequests = (leastRequestsPerMinute * (after.seconds - before.seconds)) / SECONDS_PER_REQUEST_COUNT;
  if (after.requests - before.requests < leastRequests) return 0;
  switch (metric) {
    case 'ALBRequestCountPerTarget':
      return requestCountPerTarget(before, after, denominator);
    case 'TargetResponseTime':
      return responseSeconds(before, after, statistic);
    case 'ECSServiceAverageMemoryUtilization':
    case 'ECSServiceAverageMemoryUtilizationHighResolution':
      return percent(after.memoryMiBSeconds - before.memoryMiBSeconds, after.memoryCapacityMiBSeconds - before.memoryCapacityMiBSeconds);
    default:
      return percent(after.cpuSeconds - before.cpuSeconds, after.cpuCapacitySeconds - before.cpuCapacitySeconds);
  }
}

/** What is used as a share of what may be used; no task reports, no datapoint. */
function percent(used: number, capacity: number): number | undefined {
  return capacity > 0 ? Math.min(100, (100 * used) / capacity) : undefined;
}

/** Requests in a minute for each target. A real zero where nothing was asked. */
function requestCountPerTarget(before: FleetCounters, after: FleetCounters, denominator: Denominator): number | undefined {
  const requests = after.requests - before.requests;
  const healthySeconds = after.healthyTargetSeconds - before.healthyTargetSeconds;
  const targetSeconds = denominator === 'healthy' ? healthySeconds : after.registeredTargetSeconds - before.registeredTargetSeconds;
  if (requests === 0) return 0;
  return targetSeconds > 0 ? (SECONDS_PER_REQUEST_COUNT * requests) / targetSeconds : undefined;
}

/** The time of an answer; without answers there is no datapoint. */
function responseSeconds(before: FleetCounters, after: FleetCounters, statistic: Statistic): number | undefined {
  const responses = after.responses - before.responses;
  if (!(responses > 0)) return undefined;
  if (!statistic.startsWith('p')) return (after.responseSeconds - before.responseSeconds) / responses;
  const p50 = (after.p50ResponseSeconds - before.p50ResponseSeconds) / responses;
  const p95 = (after.p95ResponseSeconds - before.p95ResponseSeconds) / responses;
  return percentileBetween({ p50, p95 }, Number(statistic.slice(1)));
}
