import { refuse } from '../plan/invalid-input';

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
  const meanRate = mean(points, (point) => point.requestsPerSecond);
  const meanCores = mean(points, (point) => point.cores);
  const spread = mean(points, (point) => (point.requestsPerSecond - meanRate) ** 2);
  refuse(
    spread > 0 ? [] : [`a task must be watched at different rates to find what a request costs, got ${meanRate} requests per second only`],
  );
  const together = mean(points, (point) => (point.requestsPerSecond - meanRate) * (point.cores - meanCores));
  const line = { cpuSecondsPerRequest: together / spread, fixedCores: meanCores - (together / spread) * meanRate };
  // an idle task uses no less than nothing, whatever the noise of a measurement says.
  const { cpuSecondsPerRequest, fixedCores } = line.fixedCores >= 0 ? line : throughOrigin(points);
  refuse(
    cpuSecondsPerRequest > 0 ? [] : ['the CPU of a task must grow with its requests to find what one costs, got less CPU at higher rates'],
  );
  const residual = (point: LoadPoint): number => Math.abs(point.cores - fixedCores - cpuSecondsPerRequest * point.requestsPerSecond);
  return { cpuSecondsPerRequest, fixedCores, worstResidualCores: Math.max(...points.map(residual)) };
}

/** The line through nothing at no requests, which is then the closest. */
function throughOrigin(points: readonly LoadPoint[]): Pick<CpuFit, 'cpuSecondsPerRequest' | 'fixedCores'> {
  const together = mean(points, (point) => point.requestsPerSecond * point.cores);
  return { cpuSecondsPerRequest: together / mean(points, (point) => point.requestsPerSecond ** 2), fixedCores: 0 };
}

function mean(points: readonly LoadPoint[], figure: (point: LoadPoint) => number): number {
  let sum = 0;
  let weights = 0;
  for (const point of points) {
    const weight = point.weight ?? 1;
    sum += weight * figure(point);
    weights += weight;
  }
  return sum / weights;
}
