import type { LoadMeasurement, MeasuredWorkload } from '../../rehearsal/measure/measure-workload';
import { straightLine } from '../../src/math/least-squares';
import { type FittedPoint, fitLatency } from '../../src/simulation/fit-workload';
import type { MeasuredPoint } from '../../src/workload/fit-cpu';
import type { Workload } from '../../src/workload/workload-parameters';

/** The workload that fits the measured points best, and the fitted values. */
export interface MeasurementFit {
  readonly workload: Workload;
  readonly points: readonly (FittedPoint & { readonly memoryMiB?: number })[];
  /** Whether the memory of a request is larger than the noise. */
  readonly isRequestMemoryVisible: boolean;
}

/** Fits latencies and memory to the measured points. The CPU of a request is fitted by the measurement itself. */
export function fitMeasurement({ workload, points }: MeasuredWorkload, vcpu: number): MeasurementFit {
  const { isRequestMemoryVisible = false, ...memory } = fitMemory(points) ?? {};
  const knownWorkload: Workload = { ...workload, ...memory, latencyModel: 'even-share' };
  const fit = fitLatency(
    points.map((point) => measuredPoint(point, vcpu)),
    vcpu,
    knownWorkload,
  );
  return {
    workload: fit.workload,
    points: fit.points.map((point, index) => ({ ...point, memoryMiB: points[index]!.memoryMiB })),
    isRequestMemoryVisible,
  };
}

function measuredPoint(
  { requestsPerSecond, usedVcpu, latencySeconds, p50Millis, p95Millis, p99Millis }: LoadMeasurement,
  vcpu: number,
): MeasuredPoint {
  // CPU time that is read late may exceed the quota.
  const cpuPercent = Math.min(100, (100 * usedVcpu) / vcpu);
  return { requestsPerSecond, tasks: 1, cpuPercent, meanMillis: 1000 * latencySeconds, p50Millis, p95Millis, p99Millis };
}

/** If a line explains less than this share of the variation of memory, the variation is noise from the garbage collector. */
const MIN_EXPLAINED_SHARE = 0.8;

/** Growth by less than this share of the idle memory is that of a heap that has not reached its steady size. */
const MIN_GROWTH_SHARE = 0.05;

/** The memory of a task, and whether the memory of a request is larger than the noise. */
export interface MemoryFit extends Pick<Workload, 'idleMemoryMiB' | 'memoryMiBPerConcurrentRequest'> {
  readonly isRequestMemoryVisible: boolean;
}

/** Fits the memory of a task over its concurrent requests. If these have no visible effect, the highest memory counts as idle memory. */
export function fitMemory(points: readonly LoadMeasurement[]): MemoryFit | undefined {
  const samples = points.flatMap(({ memoryMiB, ...point }) =>
    memoryMiB === undefined ? [] : [{ x: concurrentRequests(point), y: memoryMiB }],
  );
  if (samples.length === 0) return undefined;
  const { slope, intercept, rSquared } = straightLine(samples);
  const growth = slope * Math.max(...samples.map(({ x }) => x));
  const isRequestMemoryVisible =
    samples.length > 2 && intercept > 0 && rSquared >= MIN_EXPLAINED_SHARE && growth >= MIN_GROWTH_SHARE * intercept;
  return isRequestMemoryVisible
    ? { idleMemoryMiB: intercept, memoryMiBPerConcurrentRequest: slope, isRequestMemoryVisible }
    : { idleMemoryMiB: Math.max(...samples.map(({ y }) => y)), memoryMiBPerConcurrentRequest: 0, isRequestMemoryVisible };
}

/** Little's law: concurrent requests are requests per second times seconds per request. */
function concurrentRequests({ requestsPerSecond, latencySeconds }: Pick<LoadMeasurement, 'requestsPerSecond' | 'latencySeconds'>): number {
  return requestsPerSecond * latencySeconds;
}
