import { edgeOf } from '../scenario/halving';
import { presence, stretch } from './processor-sharing';

/** Percentiles of the time that a request stays, as multiples of its mean. */
export interface SojournShape {
  readonly p50: number;
  readonly p95: number;
}

/** Halvings that find a percentile to within a billionth of the range. */
const HALVINGS = 30;

/** Chances below this are left out. */
const NEGLIGIBLE = 1e-7;

/**
 * How the time that a request stays is spread under processor sharing, for requests whose CPU time is spread exponentially.
 *
 * A request is followed from its arrival, when it meets what a steady state holds, until it leaves: a Markov chain over the
 * number of the others, in steps of one rate (uniformization; A. Jensen, 1953). With one core it is the distribution of
 * E. G. Coffman, R. R. Muntz and H. Trotter (1970): the median is below, the 95th percentile above that of an exponential one.
 *
 * @param utilization below 1.
 */
export function sojournShape(utilization: number, cores: number): SojournShape {
  const busyCores = utilization * cores;
  const staying = chancesToStay(busyCores, cores);
  // time is counted in CPU times of a request.
  const quantile = (above: number): number => quantileOf(staying, above) / (busyCores + cores) / stretch(busyCores, cores);
  return { p50: quantile(0.5), p95: quantile(0.05) };
}

/** How likely the request is still there after each number of steps, until well after the 95th percentile. */
function chancesToStay(busyCores: number, cores: number): number[] {
  let others = othersMet(busyCores, cores);
  const staying = [1];
  for (let most = Number.POSITIVE_INFINITY; staying.length < most; ) {
    others = afterStep(others, busyCores, cores);
    const left = others.reduce((sum, chance) => sum + chance, 0);
    staying.push(left);
    // a number of steps in a time is spread around its mean: six deviations more are enough.
    if (left < 0.05 && most === Number.POSITIVE_INFINITY) most = staying.length + 6 * Math.sqrt(staying.length) + 10;
  }
  return staying;
}

/** How many others a request meets: arrivals by chance see a steady state. */
function othersMet(busyCores: number, cores: number): Float64Array {
  const chances = [...presence(busyCores, cores).chances];
  while (chances.at(-1)! > NEGLIGIBLE) chances.push((chances.at(-1)! * busyCores) / cores);
  return Float64Array.from(chances);
}

/** One step: somebody comes, one of the others leaves, the request itself leaves, or nothing happens. */
function afterStep(others: Float64Array, busyCores: number, cores: number): Float64Array {
  const rate = busyCores + cores;
  const next = new Float64Array(others.length);
  for (let count = 0; count < others.length; count++) {
    const chance = others[count]! / rate;
    const speed = Math.min(1, cores / (count + 1));
    next[Math.min(count + 1, others.length - 1)]! += chance * busyCores;
    if (count > 0) next[count - 1]! += chance * count * speed;
    next[count]! += chance * (cores - (count + 1) * speed);
  }
  return next;
}

/** The time, in mean steps, after which a request is still there with a chance of `above`. */
function quantileOf(staying: readonly number[], above: number): number {
  return edgeOf((steps) => chanceToStay(staying, steps) > above, staying.length, HALVINGS).inside;
}

/** The steps in a time are spread as Poisson says; weights are taken from the most likely one on, so that none underflows. */
function chanceToStay(staying: readonly number[], steps: number): number {
  const mode = Math.floor(steps);
  let sum = 0;
  let weights = 0;
  for (let count = mode, weight = 1; weight > NEGLIGIBLE; count++, weight *= steps / count) {
    sum += weight * (staying[count] ?? 0);
    weights += weight;
  }
  for (let count = mode - 1, weight = mode / steps; count >= 0 && weight > NEGLIGIBLE; weight *= count / steps, count--) {
    sum += weight * staying[count]!;
    weights += weight;
  }
  return sum / weights;
}
