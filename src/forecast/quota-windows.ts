import type { Workload } from '../scenario/workload';
import { maximumOf } from './gaussian-walk';
import type { Latency, LatencyModel } from './latency';
import { stretch } from './processor-sharing';

/** The period in which a container may use its share of CPU: 25 ms of 100 for 0.25 vCPU (aws/amazon-ecs-agent, CFS period). */
const WINDOW_SECONDS = 0.1;

/** Share of the requests that a 95th percentile leaves above it. */
const ABOVE_P95 = 0.05;

/**
 * A task with whole cores that is stopped when it has used its quota of a window: requests run at full speed, and
 * those that come while it is stopped wait for the next window.
 *
 * The work that is left at the end of a window is a random walk that cannot fall below nothing: each window brings the
 * work of its requests and takes a quota. It is spread as the maximum of a Gaussian walk is.
 */
export function quotaWindows(workload: Workload, vcpu: number): LatencyModel {
  const { cpuSecondsPerRequest, fixedCores } = workload;
  return {
    capacityPerSecond: (vcpu - fixedCores) / cpuSecondsPerRequest,
    latencyAt: (requestsPerSecond) => {
      const cores = requestsPerSecond * cpuSecondsPerRequest;
      return latency(workload, runningSeconds(workload, cores, vcpu), stall(workload, requestsPerSecond, vcpu));
    },
  };
}

/** While the task runs, requests share whole cores: as many as its quota spans, and at least one. */
function runningSeconds(workload: Workload, cores: number, vcpu: number): number {
  return workload.cpuSecondsPerRequest * stretch(cores, Math.max(1, vcpu));
}

interface Stall {
  /** The share of requests that meet a stopped task. */
  readonly share: number;
  /** How long those wait, on average. */
  readonly seconds: number;
}

const NO_STALL: Stall = { share: 0, seconds: 0 };

/** A window that runs out of quota less often than this does not count. */
const SELDOM = 1e-9;

function stall(workload: Workload, requestsPerSecond: number, vcpu: number): Stall {
  const { cpuSecondsPerRequest, fixedCores } = workload;
  const requests = requestsPerSecond * WINDOW_SECONDS;
  const work = requests * cpuSecondsPerRequest;
  if (work === 0) return NO_STALL;
  const quota = (vcpu - fixedCores) * WINDOW_SECONDS;
  const deviation = cpuSecondsPerRequest * Math.sqrt(requests);
  const maximum = maximumOf((quota - work) / deviation);
  if (maximum.chance < SELDOM) return NO_STALL;
  const leftover = deviation * maximum.mean;
  // what is left came in the last part of its window, or, where much is left, in windows before. Most requests that
  // wait do so in the longer stops.
  return { share: Math.min(1, leftover / work), seconds: (WINDOW_SECONDS * leftover) / (work * maximum.chance) };
}

function latency(workload: Workload, running: number, stalled: Stall): Latency {
  const smooth = workload.baseLatencySeconds + running;
  const above = (share: number): number => (stalled.share > share ? stalled.seconds * Math.log(stalled.share / share) : 0);
  return { mean: smooth + stalled.share * stalled.seconds, p50: smooth + above(0.5), p95: smooth + above(ABOVE_P95) };
}
