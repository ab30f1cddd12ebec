import { power } from '../scaling/power';
import { edgeOf } from '../scenario/halving';
import type { Workload } from '../scenario/workload';
import { evenShare } from './even-share';
import type { Latency, LatencyModel } from './latency';
import { stretch } from './processor-sharing';
import { type Stalls, stallsOf } from './stalls';

/** The period in which a container may use its share of CPU: 25 ms of 100 for 0.25 vCPU (aws/amazon-ecs-agent, CFS period). */
const WINDOW_SECONDS = 0.1;

/** Halvings that find a percentile to within a billionth of the range. */
const HALVINGS = 30;

/**
 * A task that runs on a whole core and is stopped when it has used its quota of a window: requests run at full speed, and
 * those that come while it is stopped wait for the next window. A task of one vCPU or more has whole cores of its own and
 * is never stopped: `even-share` is exact for it.
 *
 * What a window leaves is an approximation; `docs/model.md` says how far it is from a simulation request by request.
 */
export function quotaWindows(workload: Workload, vcpu: number): LatencyModel {
  const { cpuSecondsPerRequest, fixedCores, baseLatencySeconds } = workload;
  if (vcpu >= 1) return evenShare(workload, vcpu);
  const cores = vcpu - fixedCores;
  return {
    capacityPerSecond: cores / cpuSecondsPerRequest,
    latencyAt: (requestsPerSecond) => {
      const busyCores = requestsPerSecond * cpuSecondsPerRequest;
      const running = { seconds: cpuSecondsPerRequest * stretch(busyCores, 1), crowding: busyCores };
      const stalls = stallsOf({ cpuSecondsPerRequest, busyCores, cores, windowSeconds: WINDOW_SECONDS });
      return after(baseLatencySeconds, running, stalls);
    },
  };
}

function after(baseSeconds: number, running: Wait, stalls: Stalls): Latency {
  const longerThan = (seconds: number): number => {
    const runs = tail(seconds, running);
    return stalls.share === 0 ? runs : runs + (1 - runs) * stalls.share * tail(seconds, stalls);
  };
  const mostSeconds = 20 * (running.seconds + stalls.seconds);
  const at = (above: number): number => baseSeconds + edgeOf((seconds) => longerThan(seconds) > above, mostSeconds, HALVINGS).inside;
  return { mean: baseSeconds + running.seconds + stalls.share * stalls.seconds, p50: at(0.5), p95: at(0.05) };
}

interface Wait {
  readonly seconds: number;
  readonly crowding: number;
}

/**
 * The chance to wait for longer: exponential where nobody else is there, and in a crowd the product of two exponential
 * numbers, whose median and 95th percentile this stretched exponential meets (see `sojourn-spread`).
 */
function tail(seconds: number, { seconds: mean, crowding }: Wait): number {
  return Math.exp(-(1 + 0.247 * crowding) * power(seconds / mean, 1 - 0.368 * crowding));
}
