import { type FittedPoint, fitLatency } from '../src/forecast/fit-workload';
import type { MeasuredPoint } from '../src/scenario/measured-point';
import type { Workload } from '../src/scenario/workload';
import { fitMemory } from './fit-memory';
import type { MeasuredWorkload } from './rehearsal/measure-workload';
import type { WatchedPoint } from './rehearsal/watched-load';

/** The workload that comes closest to what a task was seen to do, and how close. */
export interface MeasurementFit {
  readonly workload: Workload;
  readonly points: readonly (FittedPoint & { readonly memoryMiB?: number })[];
  /** Whether the memory of a request could be told from chance. */
  readonly isRequestMemoryVisible: boolean;
}

/** Fits latencies and memory to what was measured; what CPU a request costs, the measurement has found already. */
export function fitMeasurement({ workload, points }: MeasuredWorkload, vcpu: number): MeasurementFit {
  const { isPerRequestVisible = false, ...memory } = fitMemory(points) ?? {};
  const known: Workload = { ...workload, ...memory, latencyModel: 'even-share' };
  const fit = fitLatency(
    points.map((point) => measuredPoint(point, vcpu)),
    vcpu,
    known,
  );
  return {
    workload: fit.workload,
    points: fit.points.map((point, index) => ({ ...point, memoryMiB: points[index]!.memoryMiB })),
    isRequestMemoryVisible: isPerRequestVisible,
  };
}

function measuredPoint({ requestsPerSecond, cores, latencySeconds, p50Millis, p95Millis }: WatchedPoint, vcpu: number): MeasuredPoint {
  // a reading of the CPU may come a moment late, and then say more than there is.
  const cpuPercent = Math.min(100, (100 * cores) / vcpu);
  return { requestsPerSecond, tasks: 1, cpuPercent, meanMillis: 1000 * latencySeconds, p50Millis, p95Millis };
}
