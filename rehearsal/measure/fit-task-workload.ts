import { planeThroughOrigin, slopeThroughOrigin } from '../../src/math/least-squares';
import { InputError } from '../../src/parse/input-error';
import { neededVcpuAt, type RequestCost } from '../../src/workload/cpu-demand';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { limitEndOf } from './limit-end';
import type { LoadMeasurement } from './load-meter';
import type { TaskMeasurements } from './task-measurements';

/** The measurements, and the workload that is fitted to them. */
export interface MeasuredWorkload extends TaskMeasurements {
  readonly workload: Omit<Workload, 'latencyModel'>;
  /** The largest distance of a measurement from the fitted line, as a share of the task's CPU. */
  readonly maxResidualShare: number;
}

/** Loads that use less than this share of the CPU do not tell what a request costs from what a wake-up costs. */
const MIN_SHARE_FOR_WAKE_UPS = 0.5;

/**
 * Fits a workload to the measurements of tasks.
 *
 * The fixed CPU is what a task used without requests. If the CPU of the task was the limit, the fit goes through it, so that the forecast and the
 * measurement agree on it, and what a wake-up costs is what fits the loads below it best.
 * Requests that take long wake nothing up of note, and are few: for them, a line without wake-ups is fitted to all loads.
 */
export function fitTaskWorkload(
  measurements: TaskMeasurements,
  times: Pick<Workload, 'startUpSeconds' | 'stopSeconds'>,
  vcpu: number,
): MeasuredWorkload {
  const { idleVcpu, limit } = measurements;
  const points = [...new Set([...measurements.points, limit.measurement])];
  const cost = fitCost(measurements, points, vcpu);
  // also if it is NaN.
  if (!(cost.cpuSecondsPerRequest > 0))
    throw new InputError(['the CPU of a task must grow with its requests to find what one costs, got no more CPU than without requests']);
  // a rehearsal does not use the memory, the request size and the response size of the workload.
  const fitted: Workload = { ...MEASURED_SEARCH_WORKLOAD, ...cost, idleVcpu, ...times };
  const residual = (point: LoadMeasurement): number => Math.abs(point.usedVcpu - neededVcpuAt(point.requestsPerSecond, fitted, vcpu));
  return {
    workload: { ...fitted, baseLatencySeconds: baseLatencySeconds(measurements, fitted, vcpu) },
    ...measurements,
    maxResidualShare: Math.max(...points.map(residual)) / vcpu,
  };
}

function fitCost({ idleVcpu, limit, isSlow }: TaskMeasurements, measurements: readonly LoadMeasurement[], vcpu: number): RequestCost {
  const points = measurements.map(({ requestsPerSecond, usedVcpu }) => ({
    x: requestsPerSecond,
    // the rate of the requests that find the task waiting.
    z: requestsPerSecond * Math.max(0, 1 - (usedVcpu - idleVcpu) / (vcpu - idleVcpu)),
    y: usedVcpu - idleVcpu,
  }));
  const line: RequestCost = { cpuSecondsPerRequest: slopeThroughOrigin(points), cpuSecondsPerWakeUp: 0 };
  const highestShare = Math.max(...measurements.map(({ usedVcpu }) => usedVcpu / vcpu));
  if (isSlow || highestShare < MIN_SHARE_FOR_WAKE_UPS) return line;
  if (limitEndOf(limit, vcpu) === 'task-cpu') {
    const { requestsPerSecond, usedVcpu } = limit.measurement;
    const costAtLimit = (usedVcpu - idleVcpu) / requestsPerSecond;
    // near the limit a task waits for a small share of the time, and costs that much of a wake-up.
    const waitingShare = Math.max(0, 1 - (usedVcpu - idleVcpu) / (vcpu - idleVcpu));
    const wakeUps = points.map(({ x, y, z }) => ({ x: z - waitingShare * x, y: y - costAtLimit * x }));
    // NaN if the limit is the only load.
    const cpuSecondsPerWakeUp = Math.max(0, slopeThroughOrigin(wakeUps) || 0);
    const cpuSecondsPerRequest = costAtLimit - waitingShare * cpuSecondsPerWakeUp;
    return cpuSecondsPerRequest > 0 ? { cpuSecondsPerRequest, cpuSecondsPerWakeUp } : line;
  }
  const { a, b } = planeThroughOrigin(points);
  return a > 0 && b > 0 ? { cpuSecondsPerRequest: a, cpuSecondsPerWakeUp: b } : line;
}

/**
 * The constant part of the latency: without queueing, latency is CPU time plus a constant. A short request can use a whole core before
 * the quota throttles it; a long one cannot.
 */
function baseLatencySeconds({ points, singleUserLatencySeconds, isSlow }: TaskMeasurements, workload: Workload, vcpu: number): number {
  const vcpuPerRequest = isSlow ? Math.min(1, vcpu) : 1;
  const costAt = (requestsPerSecond: number): number =>
    (neededVcpuAt(requestsPerSecond, workload, vcpu) - workload.idleVcpu) / requestsPerSecond;
  const singleUser = isSlow ? [singleUserLatencySeconds - workload.cpuSecondsPerRequest / vcpuPerRequest] : [];
  // usually that of the lowest rate, but the machine may have been suspended just then.
  const rests = points.map(({ latencySeconds, requestsPerSecond }) => latencySeconds - costAt(requestsPerSecond) / vcpuPerRequest);
  return Math.max(0, Math.min(...rests, ...singleUser));
}
