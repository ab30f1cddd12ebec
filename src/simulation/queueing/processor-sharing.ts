import { bisect } from '../../math/bisect';
import type { LatencyPercentile } from '../../metrics/latency-percentiles';
import { costFactor } from '../../workload/cpu-demand';
import type { Workload } from '../../workload/workload-parameters';
import type { LatencyModel, LatencySeconds } from './latency';

/** The number of requests in service at a task, in a steady state. */
export interface RequestsInService {
  readonly mean: number;
  /** The probability of each number, from 0 on; beyond the last, each is the one before times the utilization. */
  readonly probabilities: readonly number[];
}

/**
 * The number of requests that share the CPU of a task: each runs on a core of its own while there is one, and on an equal share of all
 * cores when there are more requests than cores.
 *
 * With a whole number of cores this is the number in M/M/m (Erlang C); with one core or less, in M/M/1. Sharing makes it
 * hold for any spread of the requests' CPU time, not the exponential one only (F. P. Kelly, Reversibility and Stochastic
 * Networks, 1979, ch. 3.3: symmetric queues).
 *
 * @param busyCores the cores that the requests keep busy: rate times CPU time, less than `cores`.
 * @param cores the cores that the idle vCPU of the task leaves for requests; may have a fraction.
 */
export function requestsInService(busyCores: number, cores: number): RequestsInService {
  const weights = unnormalizedProbabilities(busyCores, cores);
  const utilization = busyCores / cores;
  // beyond the last number the probabilities are a geometric series.
  const last = weights.length - 1;
  const tail = weights[last]! / (1 - utilization);
  let sum = tail;
  let mean = last * tail + (tail * utilization) / (1 - utilization);
  for (let count = 0; count < last; count++) {
    sum += weights[count]!;
    mean += count * weights[count]!;
  }
  return { mean: mean / sum, probabilities: weights.map((weight) => weight / sum) };
}

/** The probabilities times an unknown factor. On many cores the smallest of them become 0. */
function unnormalizedProbabilities(busyCores: number, cores: number): number[] {
  let weights = [1];
  for (let count = 1; count < cores + 1; count++) {
    const weight = (weights[count - 1]! * busyCores) / Math.min(count, cores);
    weights.push(weight);
    if (weight > RESCALING_LIMIT) weights = weights.map((each) => each / RESCALING_LIMIT);
  }
  return weights;
}

/** Above this weight all are divided by it, so that none overflows. */
const RESCALING_LIMIT = 1e200;

/** If fewer cores are busy, a request is alone: a division by less would lose precision. */
const NEGLIGIBLE_CORES = 1e-12;

/** The mean time in service as a multiple of the CPU time, by Little's law. */
export function slowdown(busyCores: number, cores: number): number {
  return busyCores > NEGLIGIBLE_CORES ? requestsInService(busyCores, cores).mean / busyCores : 1 / Math.min(1, cores);
}

/** Percentiles of the time in service (sojourn time), as multiples of its mean. */
export type SojournShape = Readonly<Record<LatencyPercentile, number>>;

/** The probability above each percentile. */
const PROBABILITY_ABOVE: SojournShape = { p50: 0.5, p95: 0.05, p99: 0.01 };

/** Bisection steps that find a percentile to within a billionth of the range. */
const BISECTION_STEPS = 30;

/** Smaller probabilities are ignored. */
const NEGLIGIBLE_PROBABILITY = 1e-7;

/**
 * The distribution of the time in service under processor sharing, for requests whose CPU time is distributed exponentially.
 *
 * A request is followed from its arrival in a steady state until it leaves: a Markov chain over the number of the other requests,
 * in steps of one rate (uniformization; A. Jensen, 1953). With one core it is the distribution of
 * E. G. Coffman, R. R. Muntz and H. Trotter (1970): the median is below, the high percentiles are above those of an exponential one.
 *
 * @param utilization below 1.
 */
export function sojournShape(utilization: number, cores: number): SojournShape {
  const busyCores = utilization * cores;
  const survival = survivalBySteps(busyCores, cores);
  // the unit of time is the CPU time of a request.
  const quantile = (probabilityAbove: number): number =>
    quantileOf(survival, probabilityAbove) / (busyCores + cores) / slowdown(busyCores, cores);
  return { p50: quantile(PROBABILITY_ABOVE.p50), p95: quantile(PROBABILITY_ABOVE.p95), p99: quantile(PROBABILITY_ABOVE.p99) };
}

/** The probability that the request is still in service after each number of steps, until well after the highest percentile. */
function survivalBySteps(busyCores: number, cores: number): number[] {
  let others = othersAtArrival(busyCores, cores);
  let next: Float64Array = new Float64Array(others.length);
  const survival = [1];
  for (let stepCount = Number.POSITIVE_INFINITY; survival.length < stepCount; ) {
    takeStep(others, next, busyCores, cores);
    [others, next] = [next, others];
    // a loop, because this is most of the time that a queueing model takes.
    let probabilityInService = 0;
    for (let count = 0; count < others.length; count++) probabilityInService += others[count]!;
    survival.push(probabilityInService);
    if (probabilityInService < PROBABILITY_ABOVE.p99 && stepCount === Number.POSITIVE_INFINITY)
      stepCount = stepsWithMargin(survival.length);
  }
  return survival;
}

/** The number of steps in a time varies around its mean: six standard deviations more are enough. */
function stepsWithMargin(meanSteps: number): number {
  return Math.ceil(meanSteps + 6 * Math.sqrt(meanSteps) + 10);
}

/** The number of other requests at an arrival: random arrivals see the steady state. */
function othersAtArrival(busyCores: number, cores: number): Float64Array {
  const probabilities = [...requestsInService(busyCores, cores).probabilities];
  while (probabilities.at(-1)! > NEGLIGIBLE_PROBABILITY) probabilities.push((probabilities.at(-1)! * busyCores) / cores);
  return Float64Array.from(probabilities);
}

/** One step into `next`: a request arrives, one of the others leaves, the request itself leaves, or nothing changes. */
function takeStep(others: Float64Array, next: Float64Array, busyCores: number, cores: number): void {
  const rate = busyCores + cores;
  next.fill(0);
  for (let count = 0; count < others.length; count++) {
    const probability = others[count]! / rate;
    const speed = Math.min(1, cores / (count + 1));
    next[Math.min(count + 1, others.length - 1)]! += probability * busyCores;
    if (count > 0) next[count - 1]! += probability * count * speed;
    next[count]! += probability * (cores - (count + 1) * speed);
  }
}

/** The time, in mean steps, after which a request is still in service with a probability of `probabilityAbove`. */
function quantileOf(survival: readonly number[], probabilityAbove: number): number {
  // up to the 95th percentile all are counted: a lower percentile then does not depend on where it ends.
  const lowest = Math.min(probabilityAbove, PROBABILITY_ABOVE.p95);
  const countedSteps = stepsWithMargin(survival.findIndex((probability) => probability < lowest) + 1);
  const counted = survival.slice(0, countedSteps);
  return bisect((steps) => survivalAfter(counted, steps) > probabilityAbove, counted.length, BISECTION_STEPS).inside;
}

/**
 * The probability to be still in service after a time in which there are `meanSteps` on average. Their number is Poisson distributed; the
 * sum begins at the most probable number, so that no weight underflows.
 */
function survivalAfter(survival: readonly number[], meanSteps: number): number {
  const mode = Math.floor(meanSteps);
  let sum = 0;
  let sumOfWeights = 0;
  for (let count = mode, poissonWeight = 1; poissonWeight > NEGLIGIBLE_PROBABILITY; count++, poissonWeight *= meanSteps / count) {
    sum += poissonWeight * (survival[count] ?? 0);
    sumOfWeights += poissonWeight;
  }
  for (
    let count = mode - 1, poissonWeight = mode / meanSteps;
    count >= 0 && poissonWeight > NEGLIGIBLE_PROBABILITY;
    poissonWeight *= count / meanSteps, count--
  ) {
    sum += poissonWeight * survival[count]!;
    sumOfWeights += poissonWeight;
  }
  return sum / sumOfWeights;
}

/** The utilizations at which the distribution is computed; its percentiles are almost linear between them. */
const TABLE_UTILIZATIONS = [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95];

/**
 * The percentiles close to full utilization: the product of two exponential variables, one for the request and one for the requests it
 * finds in service; z K1(z) with z = 2 sqrt(t) of them are longer than t means (J. A. Morrison, Response-time distribution
 * for a processor-sharing system, 1985; K1 is a modified Bessel function).
 */
const SHAPE_AT_FULL_UTILIZATION: SojournShape = { p50: 0.3951, p95: 3.997, p99: 8.315 };

/** On more cores requests share CPU as rarely as on this many, and the computation takes long. */
const MAX_CORES = 64;

/** The percentiles of the time in service at any utilization, by linear interpolation, exact to a hundredth; the 99th to 1.5 hundredths. */
export function sojournShapes(cores: number): (utilization: number) => SojournShape {
  const utilizations = [...TABLE_UTILIZATIONS, 1];
  const shapes = [
    ...TABLE_UTILIZATIONS.map((utilization) => sojournShape(utilization, Math.min(cores, MAX_CORES))),
    SHAPE_AT_FULL_UTILIZATION,
  ];
  return (utilization) => {
    let upperIndex = 1;
    while (upperIndex < utilizations.length - 1 && utilization > utilizations[upperIndex]!) upperIndex++;
    const share = (utilization - utilizations[upperIndex - 1]!) / (utilizations[upperIndex]! - utilizations[upperIndex - 1]!);
    const [low, high] = [shapes[upperIndex - 1]!, shapes[upperIndex]!];
    const between = (name: LatencyPercentile): number => low[name] + share * (high[name] - low[name]);
    return { p50: between('p50'), p95: between('p95'), p99: between('p99') };
  };
}

/**
 * The latency model `even-share`: the CPU of a task is slow all the time. Every request runs at its share of the quota, and on at most
 * one core (processor sharing; M/G/1-PS up to one core, M/M/m-PS above; M. Harchol-Balter, Performance Modeling and Design of
 * Computer Systems, 2013, ch. 14 and 30).
 *
 * The mean is exact for any distribution of CPU times, the percentiles for an exponential one.
 * This is the more pessimistic model: its means are too long for a task that is rarely throttled by its quota.
 */
export function evenShare(workload: Workload, vcpu: number): LatencyModel {
  const { cpuSecondsPerRequest, baseLatencySeconds, idleVcpu } = workload;
  const cores = vcpu - idleVcpu;
  const shapeAt = sojournShapes(cores);
  return {
    capacityPerSecond: cores / cpuSecondsPerRequest,
    latencyAt: (requestsPerSecond): LatencySeconds => {
      const costSeconds = cpuSecondsPerRequest * costFactor(workload, (requestsPerSecond * cpuSecondsPerRequest) / cores);
      const busyCores = requestsPerSecond * costSeconds;
      const inServiceSeconds = costSeconds * slowdown(busyCores, cores);
      const { p50, p95, p99 } = shapeAt(busyCores / cores);
      return {
        mean: baseLatencySeconds + inServiceSeconds,
        p50: baseLatencySeconds + p50 * inServiceSeconds,
        p95: baseLatencySeconds + p95 * inServiceSeconds,
        p99: baseLatencySeconds + p99 * inServiceSeconds,
      };
    },
  };
}
