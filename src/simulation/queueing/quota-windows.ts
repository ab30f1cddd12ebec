import { bisect } from '../../math/bisect';
import { walkMaximum } from '../../math/gaussian-walk';
import { portablePow } from '../../math/statistics';
import { costFactor } from '../../workload/cpu-demand';
import type { Workload } from '../../workload/workload-parameters';
import type { LatencyModel, LatencySeconds } from './latency';
import { evenShare, slowdown } from './processor-sharing';

/** The CFS period, in which a container may use its quota of CPU: 25 ms of 100 for 0.25 vCPU (aws/amazon-ecs-agent, CFS period). */
const WINDOW_SECONDS = 0.1;

/** Bisection steps that find a percentile to within a billionth of the range. */
const BISECTION_STEPS = 30;

/**
 * The latency model `quota-windows`: a task runs on a whole core, and is throttled when it has used its quota of a window. Requests run at
 * full speed, and those that arrive while the task is throttled wait for the next window. A task of one vCPU or more has whole cores and
 * is never throttled: `even-share` is exact for it.
 *
 * The work left at the end of a window is an approximation; `docs/model.md` compares it with a simulation request by request.
 */
export function quotaWindows(workload: Workload, vcpu: number): LatencyModel {
  const { cpuSecondsPerRequest, idleVcpu, baseLatencySeconds } = workload;
  if (vcpu >= 1) return evenShare(workload, vcpu);
  const quotaCores = vcpu - idleVcpu;
  return {
    capacityPerSecond: quotaCores / cpuSecondsPerRequest,
    latencyAt: (requestsPerSecond) => {
      const costSeconds = cpuSecondsPerRequest * costFactor(workload, (requestsPerSecond * cpuSecondsPerRequest) / quotaCores);
      const busyCores = requestsPerSecond * costSeconds;
      const running = { meanSeconds: costSeconds * slowdown(busyCores, 1), tailWeight: busyCores };
      const throttling = throttlingDelay({ cpuSecondsPerRequest: costSeconds, busyCores, quotaCores, windowSeconds: WINDOW_SECONDS });
      return latencyOf(baseLatencySeconds, running, throttling);
    },
  };
}

function latencyOf(baseSeconds: number, running: WaitDistribution, throttling: ThrottlingDelay): LatencySeconds {
  const longerThan = (seconds: number): number => {
    const probabilityRunsLonger = probabilityOfLonger(seconds, running);
    return throttling.delayedShare === 0
      ? probabilityRunsLonger
      : probabilityRunsLonger + (1 - probabilityRunsLonger) * throttling.delayedShare * probabilityOfLonger(seconds, throttling);
  };
  const maxSeconds = 20 * (running.meanSeconds + throttling.meanSeconds);
  const percentile = (probabilityAbove: number): number =>
    baseSeconds + bisect((seconds) => longerThan(seconds) > probabilityAbove, maxSeconds, BISECTION_STEPS).inside;
  return {
    mean: baseSeconds + running.meanSeconds + throttling.delayedShare * throttling.meanSeconds,
    p50: percentile(0.5),
    p95: percentile(0.05),
    p99: percentile(0.01),
  };
}

/** The distribution of a time that a request takes. */
interface WaitDistribution {
  readonly meanSeconds: number;
  /** How much longer than the mean the longest times are: from 0, an exponential distribution, to 1, as under full utilization. */
  readonly tailWeight: number;
}

/**
 * The probability that it takes longer, a stretched exponential. With a tail weight of 0 it is exponential. The two constants follow from
 * its median and its 95th percentile at a tail weight of 1, 0.3951 and 3.997 means as of the product of two exponential variables
 * (see `processor-sharing`): a × 0.3951^b = ln 2 and a × 3.997^b = ln 20 give a = 1.247 and b = 0.632. Between them they are linear.
 */
function probabilityOfLonger(seconds: number, { meanSeconds, tailWeight }: WaitDistribution): number {
  return Math.exp(-(1 + 0.247 * tailWeight) * portablePow(seconds / meanSeconds, 1 - 0.368 * tailWeight));
}

/** How throttling delays the requests of a task. */
interface ThrottlingDelay {
  /** The share of the requests that wait: they arrive while the task is throttled, or while it still completes work that was left when it was. */
  readonly delayedShare: number;
  /** The mean wait of those requests. */
  readonly meanSeconds: number;
  /** From 0, if the wait ends with the window, to 1, if the work left accumulates over many windows. */
  readonly tailWeight: number;
}

const NO_THROTTLING: ThrottlingDelay = { delayedShare: 0, meanSeconds: 0, tailWeight: 0 };

/** A lower probability of throttling is ignored. */
const NEGLIGIBLE_PROBABILITY = 1e-9;

/** The load of a task, and its quota. */
interface QuotaLoad {
  readonly cpuSecondsPerRequest: number;
  /** Cores that the requests keep busy: rate × CPU time. */
  readonly busyCores: number;
  /** The quota that the idle vCPU leaves for requests. */
  readonly quotaCores: number;
  readonly windowSeconds: number;
}

/**
 * Computes how throttling delays requests.
 *
 * The work left at the end of a window is a random walk that cannot fall below 0: each window adds the work of its requests and
 * subtracts the quota. Where some is left, its amount is distributed exponentially. It grows while the task is throttled and shrinks while
 * the task runs. If it is completed within the window, only the first requests of the window wait; else it lasts over several windows.
 */
function throttlingDelay({ cpuSecondsPerRequest, busyCores, quotaCores, windowSeconds }: QuotaLoad): ThrottlingDelay {
  const workSeconds = busyCores * windowSeconds;
  if (workSeconds === 0) return NO_THROTTLING;
  // CPU times are distributed exponentially, which doubles the variance that the number of requests has.
  const deviationSeconds = Math.sqrt(2 * workSeconds * cpuSecondsPerRequest);
  const walk = walkMaximum((quotaCores * windowSeconds - workSeconds) / deviationSeconds);
  if (walk.probability < NEGLIGIBLE_PROBABILITY) return NO_THROTTLING;
  // the mean of two estimates: of a queue that is served at the quota, which is exact for windows much shorter than a request, and of the
  // walk with normally distributed steps, which is exact for windows of many requests.
  const meanWorkLeftSeconds = (cpuSecondsPerRequest / (1 - busyCores / quotaCores) + (deviationSeconds * walk.mean) / walk.probability) / 2;
  // in a window the task runs for the share `busyCores`, and completes work left at the speed that new requests leave.
  const completedPerWindowSeconds = busyCores * (1 - busyCores) * windowSeconds;
  return {
    delayedShare:
      walk.probability * (meanWorkLeftSeconds / completedPerWindowSeconds) * -Math.expm1(-completedPerWindowSeconds / meanWorkLeftSeconds),
    meanSeconds: meanWorkLeftSeconds / busyCores,
    tailWeight: meanWorkLeftSeconds / (meanWorkLeftSeconds + completedPerWindowSeconds),
  };
}
