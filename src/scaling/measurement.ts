import { type PredefinedMetric, SECONDS_PER_REQUEST_COUNT } from '../plan/policy';
import type { FleetCounters } from './fleet';

/** The metrics of one period; a metric is undefined where CloudWatch would hold no datapoint. */
export type Measurement = Readonly<Record<PredefinedMetric, number | undefined>>;

/** What CloudWatch reports of the time between two readings of the counters. */
export function measure(before: FleetCounters, after: FleetCounters): Measurement {
  return {
    ECSServiceAverageCPUUtilization: cpuUtilizationPercent(before, after),
    ALBRequestCountPerTarget: requestCountPerTarget(before, after),
  };
}

/** CPU used as a share of the CPU that the running tasks may use; no task reports, no datapoint. */
function cpuUtilizationPercent(before: FleetCounters, after: FleetCounters): number | undefined {
  const capacity = after.cpuCapacitySeconds - before.cpuCapacitySeconds;
  return capacity > 0 ? Math.min(100, (100 * (after.cpuSeconds - before.cpuSeconds)) / capacity) : undefined;
}

/** Requests in a minute for each healthy target. A real zero where nothing was asked. */
function requestCountPerTarget(before: FleetCounters, after: FleetCounters): number | undefined {
  const requests = after.requests - before.requests;
  const targetSeconds = after.healthyTargetSeconds - before.healthyTargetSeconds;
  if (requests === 0) return 0;
  return targetSeconds > 0 ? (SECONDS_PER_REQUEST_COUNT * requests) / targetSeconds : undefined;
}
