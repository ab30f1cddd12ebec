import { refuse } from '../plan/invalid-input';
import { slopeThroughOrigin, straightLine } from './straight-line';

/** One load under which a task was watched. */
export interface LoadPoint {
  readonly requestsPerSecond: number;
  /** Cores that the task used. */
  readonly cores: number;
  /**
   * How much it counts beside the others, above 0.
   *
   * @default 1
   */
  readonly weight?: number;
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
 * @throws InvalidInput where the rates are all the same, or CPU does not grow with them.
 */
export function fitCpu(points: readonly LoadPoint[]): CpuFit {
  const rate = points[0]!.requestsPerSecond;
  refuse(
    points.some(({ requestsPerSecond }) => requestsPerSecond !== rate)
      ? []
      : [`a task must be watched at different rates to find what a request costs, got ${rate} requests per second only`],
  );
  const { cpuSecondsPerRequest, fixedCores } = lineOf(points);
  refuse(
    cpuSecondsPerRequest > 0 ? [] : ['the CPU of a task must grow with its requests to find what one costs, got less CPU at higher rates'],
  );
  const residual = (point: LoadPoint): number => Math.abs(point.cores - fixedCores - cpuSecondsPerRequest * point.requestsPerSecond);
  return { cpuSecondsPerRequest, fixedCores, worstResidualCores: Math.max(...points.map(residual)) };
}

/** An idle task uses no less than nothing, whatever the noise of a measurement says: then the line goes through nothing at no requests. */
function lineOf(points: readonly LoadPoint[]): Pick<CpuFit, 'cpuSecondsPerRequest' | 'fixedCores'> {
  const dots = points.map(({ requestsPerSecond, cores, weight }) => ({ x: requestsPerSecond, y: cores, weight }));
  const { slope, intercept } = straightLine(dots);
  return intercept >= 0
    ? { cpuSecondsPerRequest: slope, fixedCores: intercept }
    : { cpuSecondsPerRequest: slopeThroughOrigin(dots), fixedCores: 0 };
}
