import { slopeThroughOrigin } from '../../src/math/least-squares';
import { InputError } from '../../src/parse/input-error';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import type { LoadMeasurement } from './load-meter';
import type { TaskMeasurements } from './task-measurements';

/** The measurements, and the workload that is fitted to them. */
export interface MeasuredWorkload extends TaskMeasurements {
  readonly workload: Omit<Workload, 'latencyModel'>;
  /** The largest distance of a measurement from the fitted line, as a share of the task's CPU. */
  readonly maxResidualShare: number;
}

/**
 * Fits a workload to the measurements of tasks.
 *
 * The fixed CPU is what a task used without requests. The cost of a request is the slope of the line from there that fits the loads and
 * the limit best by least squares. A program needs more CPU for a request when it has few, so the line is close to the loads that matter for
 * scaling, which are the high ones.
 */
export function fitTaskWorkload(
  measurements: TaskMeasurements,
  times: Pick<Workload, 'startUpSeconds' | 'stopSeconds'>,
  vcpu: number,
): MeasuredWorkload {
  const { idleVcpu, limit } = measurements;
  const points = [...new Set([...measurements.points, limit.measurement])];
  const cpuSecondsPerRequest = slopeThroughOrigin(points.map((point) => ({ x: point.requestsPerSecond, y: point.usedVcpu - idleVcpu })));
  // also if it is NaN.
  if (!(cpuSecondsPerRequest > 0))
    throw new InputError(['the CPU of a task must grow with its requests to find what one costs, got no more CPU than without requests']);
  const residual = (point: LoadMeasurement): number => Math.abs(point.usedVcpu - idleVcpu - cpuSecondsPerRequest * point.requestsPerSecond);
  return {
    // a rehearsal does not use the memory, the request size and the response size of the workload.
    workload: {
      ...MEASURED_SEARCH_WORKLOAD,
      cpuSecondsPerRequest,
      idleVcpu,
      baseLatencySeconds: baseLatencySeconds(measurements, { cpuSecondsPerRequest, vcpu }),
      ...times,
    },
    ...measurements,
    maxResidualShare: Math.max(...points.map(residual)) / vcpu,
  };
}

/**
 * The constant part of the latency: without queueing, latency is CPU time plus a constant. A short request can use a whole core before
 * the quota throttles it; a long one cannot.
 */
function baseLatencySeconds(
  { points, singleUserLatencySeconds, isSlow }: TaskMeasurements,
  { cpuSecondsPerRequest, vcpu }: { readonly cpuSecondsPerRequest: number; readonly vcpu: number },
): number {
  const vcpuPerRequest = isSlow ? Math.min(1, vcpu) : 1;
  // usually the latency at the lowest rate, but the machine may have been suspended just then.
  const latencies = [...points.map(({ latencySeconds }) => latencySeconds), ...(isSlow ? [singleUserLatencySeconds] : [])];
  const unqueuedSeconds = Math.min(...latencies);
  return Math.max(0, unqueuedSeconds - cpuSecondsPerRequest / vcpuPerRequest);
}
