import { mean } from '../../src/math/statistics';
import type { LoadMeasurement } from './load-meter';

/** How long tasks are kept busy before they are measured, on the wall clock. */
export interface WarmUpLimits {
  /** The length of one measurement of the cost of a request. */
  readonly windowSeconds: number;
  /** Tasks that still get faster after this time are measured all the same. */
  readonly maxSeconds: number;
}

/** How the cost of a request changed while tasks were warmed up. */
export interface WarmUp {
  readonly seconds: number;
  /** Whether the cost of a request had settled at the end. */
  readonly isSettled: boolean;
  /** The CPU time of a request in the first measurement, and in the last third of the warm-up. */
  readonly firstCpuSecondsPerRequest: number;
  readonly lastCpuSecondsPerRequest: number;
}

/** The cost has settled if a third of the warm-up, and the third before it, differ by less than this share. */
const SETTLED_SHARE = 0.05;

/** With fewer measurements, one that another program has disturbed decides. */
const MIN_MEASUREMENTS = 12;

/**
 * Whether the cost of a request no longer falls.
 *
 * A just-in-time compiler is done later the longer it takes, so the last third of the warm-up is compared with the third before it,
 * however long both are: a cost that falls with a time constant of 20 seconds is followed for more than two minutes.
 *
 * @param costs one for each measurement, in their order.
 */
export function hasSettled(costs: readonly number[]): boolean {
  if (costs.length < MIN_MEASUREMENTS) return false;
  const third = Math.floor(costs.length / 3);
  return mean(costs.slice(-third)) >= (1 - SETTLED_SHARE) * mean(costs.slice(-2 * third, -third));
}

/**
 * Measures tasks that are being kept busy until the cost of a request has settled.
 *
 * @param measure measures for `windowSeconds`; undefined if there was no response.
 */
export async function warmUpUntilSettled(
  measure: () => Promise<LoadMeasurement | undefined>,
  { maxSeconds }: WarmUpLimits,
): Promise<WarmUp> {
  const startedAtMillis = performance.now();
  const seconds = (): number => (performance.now() - startedAtMillis) / 1000;
  const costs: number[] = [];
  while (!hasSettled(costs) && seconds() < maxSeconds) {
    const measurement = await measure();
    if (measurement === undefined) break;
    costs.push(cpuSecondsPerRequest(measurement));
  }
  return {
    seconds: seconds(),
    isSettled: hasSettled(costs),
    firstCpuSecondsPerRequest: costs[0] ?? 0,
    lastCpuSecondsPerRequest: costs.length === 0 ? 0 : mean(costs.slice(-Math.ceil(costs.length / 3))),
  };
}

/** The CPU of a task divided by its requests. */
export function cpuSecondsPerRequest({ usedVcpu, requestsPerSecond }: LoadMeasurement): number {
  return usedVcpu / requestsPerSecond;
}
