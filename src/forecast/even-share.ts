import type { Workload } from '../scenario/workload';
import type { Latency, TaskServer } from './latency';

/** Below so many means lie half, and 95 in 100, of the values of an exponential spread. */
const P50_MEANS = Math.LN2;
const P95_MEANS = Math.log(20);

/**
 * A task whose CPU is slow all the time: every request runs at its share of what the quota leaves
 * (processor sharing; M/G/1-PS, Harchol-Balter, Performance Modeling and Design of Computer Systems, 2013, ch. 30).
 *
 * The cautious model: its means are too long for a task that is seldom stopped by its quota.
 */
export function evenShare(workload: Workload, vcpu: number): TaskServer {
  const { cpuSecondsPerRequest, baseLatencySeconds, fixedCores } = workload;
  const cores = vcpu - fixedCores;
  const serviceSeconds = cpuSecondsPerRequest / cores;
  // one request runs on one core at most, however many its task has.
  const base = baseLatencySeconds + Math.max(0, cpuSecondsPerRequest - serviceSeconds);
  return {
    capacityPerSecond: 1 / serviceSeconds,
    latencyAt: (requestsPerSecond) => spread(base, serviceSeconds / (1 - requestsPerSecond * serviceSeconds)),
  };
}

/** A fixed part, and one that is spread exponentially around its mean. */
function spread(base: number, mean: number): Latency {
  return { mean: base + mean, p50: base + P50_MEANS * mean, p95: base + P95_MEANS * mean };
}
