/** How many requests a task works on at once, in a steady state. */
export interface Presence {
  /** The mean number of them. */
  readonly mean: number;
  /** How likely each number is, from none on: as many as count, then ever fewer by the utilization. */
  readonly chances: readonly number[];
}

/**
 * How many requests share the CPU of a task: each runs on a core of its own while there is one, and on an equal share of all
 * cores when there are more requests than cores.
 *
 * With a whole number of cores this is the number in M/M/m (Erlang C); with one core or less, in M/M/1. Sharing makes it
 * hold for any spread of the requests' CPU time, not the exponential one only (F. P. Kelly, Reversibility and Stochastic
 * Networks, 1979, ch. 3.3: symmetric queues).
 *
 * @param busyCores the cores that the requests keep busy: rate times CPU time, less than `cores`.
 * @param cores may have a fraction: what fixed work leaves of them.
 */
export function presence(busyCores: number, cores: number): Presence {
  const weights = weightsOf(busyCores, cores);
  const utilization = busyCores / cores;
  // from the last weight on each is the one before times the utilization: a geometric series.
  const last = weights.length - 1;
  const tail = weights[last]! / (1 - utilization);
  let sum = tail;
  let mean = last * tail + (tail * utilization) / (1 - utilization);
  for (let count = 0; count < last; count++) {
    sum += weights[count]!;
    mean += count * weights[count]!;
  }
  return { mean: mean / sum, chances: weights.map((weight) => weight / sum) };
}

/** The chances up to a factor. On a large machine they span more than numbers can: what is then too small to count becomes 0. */
function weightsOf(busyCores: number, cores: number): number[] {
  let weights = [1];
  for (let count = 1; count < cores + 1; count++) {
    const weight = (weights[count - 1]! * busyCores) / Math.min(count, cores);
    weights.push(weight);
    if (weight > LARGE) weights = weights.map((each) => each / LARGE);
  }
  return weights;
}

const LARGE = 1e200;

/** So few busy cores that a request is alone; divisions by less lose their digits. */
const IDLE_CORES = 1e-12;

/** How many times its CPU time a request stays on average, by Little's law. */
export function stretch(busyCores: number, cores: number): number {
  return busyCores > IDLE_CORES ? presence(busyCores, cores).mean / busyCores : 1 / Math.min(1, cores);
}
