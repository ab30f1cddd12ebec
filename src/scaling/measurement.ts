import type { ScalingMetric, Statistic } from '../plan/metric';
import { SECONDS_PER_REQUEST_COUNT } from '../plan/target-tracking';
import type { AwsBehavior } from './aws-behavior';
import type { FleetCounters } from './fleet';

/** What CloudWatch reports of the time between two readings of the counters; undefined where it would hold no datapoint. */
export function measure(
  metric: ScalingMetric,
  before: FleetCounters,
  after: FleetCounters,
  statistic: Statistic = 'Average',
  denominator: AwsBehavior['requestCountDenominator'] = 'healthy',
): number | undefined {
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
function requestCountPerTarget(
  before: FleetCounters,
  after: FleetCounters,
  denominator: AwsBehavior['requestCountDenominator'],
): number | undefined {
  const requests = after.requests - before.requests;
  const targetSeconds =
    denominator === 'healthy'
      ? after.healthyTargetSeconds - before.healthyTargetSeconds
      : after.registeredTargetSeconds - before.registeredTargetSeconds;
  if (requests === 0) return 0;
  return targetSeconds > 0 ? (SECONDS_PER_REQUEST_COUNT * requests) / targetSeconds : undefined;
}

/** Standard normal quantiles of the percentiles that are counted. */
const P95_DEVIATIONS = 1.644_853_627;

/** The time of an answer; without answers there is no datapoint. */
function responseSeconds(before: FleetCounters, after: FleetCounters, statistic: Statistic): number | undefined {
  const responses = after.responses - before.responses;
  if (!(responses > 0)) return undefined;
  if (!statistic.startsWith('p')) return (after.responseSeconds - before.responseSeconds) / responses;
  const p50 = (after.p50ResponseSeconds - before.p50ResponseSeconds) / responses;
  const p95 = (after.p95ResponseSeconds - before.p95ResponseSeconds) / responses;
  return lognormalPercentile(p50, p95, Number(statistic.slice(1)));
}

/** Any percentile of the lognormal distribution that has the two that are known. Latencies are about lognormal. */
function lognormalPercentile(p50: number, p95: number, percentile: number): number {
  if (percentile === 95) return p95;
  if (p50 <= 0) return p95;
  return p50 * (p95 / p50) ** (normalQuantile(percentile / 100) / P95_DEVIATIONS);
}

/** The standard normal quantile, to within 0.00045 (Abramowitz and Stegun 1964, formula 26.2.23). */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  if (tail <= 0) return share < 0.5 ? -4 : 4;
  const t = Math.sqrt(-2 * Math.log(tail));
  const size = t - (2.515_517 + 0.802_853 * t + 0.010_328 * t * t) / (1 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t);
  return share < 0.5 ? -size : size;
}
