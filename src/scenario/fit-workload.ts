import { refuse } from '../plan/invalid-input';

/** One load under which a task was watched. */
export interface LoadPoint {
  readonly requestsPerSecond: number;
  /** Cores that the task used. */
  readonly cores: number;
}

/** CPU as a straight line over the rate. */
export interface CpuFit {
  readonly cpuSecondsPerRequest: number;
  readonly fixedCores: number;
  /** The largest distance of a point from the line, in cores. */
  readonly worstResidualCores: number;
}

/**
 * Fits the CPU of a task over its rate by least squares: the utilization law, U = fixed + D X
 * (Denning and Buzen, The operational analysis of queueing network models, 1978).
 *
 * @param points at least two, at different rates.
 * @throws InvalidInput where the rates are all the same.
 */
export function fitCpu(points: readonly LoadPoint[]): CpuFit {
  const meanRate = mean(points.map((point) => point.requestsPerSecond));
  const meanCores = mean(points.map((point) => point.cores));
  const spread = sum(points.map((point) => (point.requestsPerSecond - meanRate) ** 2));
  refuse(
    spread > 0 ? [] : [`a task must be watched at different rates to find what a request costs, got ${meanRate} requests per second only`],
  );
  const together = sum(points.map((point) => (point.requestsPerSecond - meanRate) * (point.cores - meanCores)));
  const cpuSecondsPerRequest = together / spread;
  // an idle task uses no less than nothing, whatever the noise of a measurement says.
  const fixedCores = Math.max(0, meanCores - cpuSecondsPerRequest * meanRate);
  const residual = (point: LoadPoint): number => Math.abs(point.cores - fixedCores - cpuSecondsPerRequest * point.requestsPerSecond);
  return { cpuSecondsPerRequest, fixedCores, worstResidualCores: Math.max(...points.map(residual)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
