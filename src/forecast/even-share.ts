import type { Workload } from '../scenario/workload';
import type { Latency, LatencyModel } from './latency';
import { stretch } from './processor-sharing';
import { spreadOfSojourn } from './sojourn-spread';

/**
 * A task whose CPU is slow all the time: every request runs at its share of what the quota leaves, and on one core at most
 * (processor sharing; M/G/1-PS up to one core, M/M/m-PS above; M. Harchol-Balter, Performance Modeling and Design of
 * Computer Systems, 2013, ch. 14 and 30).
 *
 * The mean holds for requests of any CPU times, the percentiles for times that are spread exponentially.
 * The cautious model: its means are too long for a task that is seldom stopped by its quota.
 */
export function evenShare(workload: Workload, vcpu: number): LatencyModel {
  const { cpuSecondsPerRequest, baseLatencySeconds, fixedCores } = workload;
  const cores = vcpu - fixedCores;
  const spread = spreadOfSojourn(cores);
  return {
    capacityPerSecond: cores / cpuSecondsPerRequest,
    latencyAt: (requestsPerSecond): Latency => {
      const busyCores = requestsPerSecond * cpuSecondsPerRequest;
      const staySeconds = cpuSecondsPerRequest * stretch(busyCores, cores);
      const { p50, p95 } = spread(busyCores / cores);
      return {
        mean: baseLatencySeconds + staySeconds,
        p50: baseLatencySeconds + p50 * staySeconds,
        p95: baseLatencySeconds + p95 * staySeconds,
      };
    },
  };
}
