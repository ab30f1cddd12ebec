import { throwIfAny } from '../parse/input-error';
import { neededVcpuAt } from '../workload/cpu-demand';
import { fitCpu, LATENCY_STATISTICS, type LatencyStatistic, type MeasuredPoint, measuredSeconds, pointErrors } from '../workload/fit-cpu';
import { LATENCY_MODELS, MEASURED_SEARCH_WORKLOAD, type Workload } from '../workload/workload-parameters';
import type { LatencySeconds, QueueingModel } from './queueing/latency';
import { queueingModelOf } from './queueing/queueing-model';

/** A value as measured, and as computed from the fitted workload, in the same unit. */
export interface MeasuredAndFitted {
  readonly measured: number;
  readonly fitted: number;
}

/** The CPU and the latencies of one point; a latency is undefined if it was not measured. */
export interface FittedPoint {
  readonly point: MeasuredPoint;
  readonly cpuPercent: MeasuredAndFitted;
  readonly meanMillis?: MeasuredAndFitted;
  readonly p50Millis?: MeasuredAndFitted;
  readonly p95Millis?: MeasuredAndFitted;
  readonly p99Millis?: MeasuredAndFitted;
}

/** The workload that fits the measured points best. */
export interface WorkloadFit {
  readonly workload: Workload;
  readonly points: readonly FittedPoint[];
}

/**
 * Fits a workload to measured points: CPU per request and idle vCPU by least squares, then the base latency and the latency model
 * with the smallest latency error.
 *
 * @param points at least two, at different rates per task.
 * @param vcpu the vCPU of each task.
 * @param base the workload with the numbers that the points do not determine.
 * @throws InputError with every number that is out of range.
 */
export function fitWorkload(points: readonly MeasuredPoint[], vcpu: number, base: Workload = MEASURED_SEARCH_WORKLOAD): WorkloadFit {
  throwIfAny(pointErrors(points));
  const { cpuSecondsPerRequest, idleVcpu } = fitCpu(
    points.map(({ requestsPerSecond, tasks, cpuPercent, weight }) => ({
      requestsPerSecond: requestsPerSecond / tasks,
      usedVcpu: (vcpu * cpuPercent) / 100,
      weight,
    })),
  );
  throwIfAny(idleVcpu < vcpu ? [] : [`idle vCPU must be below the ${vcpu} vCPU of a task, got ${idleVcpu}`]);
  return fitLatency(points, vcpu, { ...base, cpuSecondsPerRequest, cpuSecondsPerWakeUp: 0, idleVcpu });
}

/**
 * Fits the latencies to measured points, if the CPU of a request is known.
 *
 * @param vcpu the vCPU of each task.
 * @param base the workload with the CPU and the other numbers that the points do not determine.
 */
export function fitLatency(points: readonly MeasuredPoint[], vcpu: number, base: Workload): WorkloadFit {
  const workload = bestLatencyModel(base, points, vcpu);
  return { workload, points: points.map((point) => fittedPoint(point, workload, vcpu)) };
}

function bestLatencyModel(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): Workload {
  if (!points.some((point) => LATENCY_STATISTICS.some((statistic) => measuredSeconds(point, statistic) !== undefined))) return workload;
  const candidates = LATENCY_MODELS.map((latencyModel) => withBaseLatency({ ...workload, latencyModel }, points, vcpu));
  const errors = candidates.map((candidate) => latencyError(candidate, points, vcpu));
  return candidates[errors.indexOf(Math.min(...errors))]!;
}

/**
 * Returns the workload with the base latency that fits best: the measured latency minus the queueing delay of the model, compared by
 * mean if it was measured, otherwise by p50, by p95, or by p99.
 */
function withBaseLatency(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): Workload {
  const queueingModel = queueingModelOf({ ...workload, baseLatencySeconds: 0 }, vcpu);
  const statistic = LATENCY_STATISTICS.find((name) => points.some((point) => measuredSeconds(point, name) !== undefined)) ?? 'mean';
  let weightedSeconds = 0;
  let totalWeight = 0;
  for (const { point, seconds } of pointsWith(points, statistic)) {
    const weight = (point.weight ?? 1) * latencyWeight(point, queueingModel);
    weightedSeconds += weight * (seconds - latencyAt(point, queueingModel)[statistic]);
    totalWeight += weight;
  }
  return { ...workload, baseLatencySeconds: Math.max(0, weightedSeconds / totalWeight) };
}

/** Gives a point less weight the closer its rate is to the capacity: there latency depends more on the queue than on the base latency. */
function latencyWeight(point: MeasuredPoint, queueingModel: QueueingModel): number {
  return Math.max(0.01, 1 - point.requestsPerSecond / point.tasks / queueingModel.capacityPerSecond);
}

function pointsWith(points: readonly MeasuredPoint[], statistic: LatencyStatistic): { point: MeasuredPoint; seconds: number }[] {
  return points.flatMap((point) => {
    const seconds = measuredSeconds(point, statistic);
    return seconds === undefined ? [] : [{ point, seconds }];
  });
}

/** The weighted sum of squared log ratios of computed and measured latency. The 99th percentile counts only if nothing else was measured: few responses decide it. */
function latencyError(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): number {
  const queueingModel = queueingModelOf(workload, vcpu);
  let sum = 0;
  const measured = LATENCY_STATISTICS.filter((statistic) => pointsWith(points, statistic).length > 0);
  for (const statistic of measured.length === 1 ? measured : measured.filter((each) => each !== 'p99'))
    for (const { point, seconds } of pointsWith(points, statistic))
      sum += (point.weight ?? 1) * Math.log(latencyAt(point, queueingModel)[statistic] / seconds) ** 2;
  return sum;
}

function latencyAt(point: MeasuredPoint, queueingModel: QueueingModel): LatencySeconds {
  return queueingModel.latencyAt(point.requestsPerSecond / point.tasks);
}

/** A measured point beside what a workload has at its rate. */
export function fittedPoint(point: MeasuredPoint, workload: Workload, vcpu: number): FittedPoint {
  const latency = latencyAt(point, queueingModelOf(workload, vcpu));
  const neededVcpu = neededVcpuAt(point.requestsPerSecond / point.tasks, workload, vcpu);
  const millis = (statistic: LatencyStatistic): MeasuredAndFitted | undefined => {
    const seconds = measuredSeconds(point, statistic);
    return seconds === undefined ? undefined : { measured: 1000 * seconds, fitted: 1000 * latency[statistic] };
  };
  return {
    point,
    cpuPercent: { measured: point.cpuPercent, fitted: (100 * neededVcpu) / vcpu },
    meanMillis: millis('mean'),
    p50Millis: millis('p50'),
    p95Millis: millis('p95'),
    p99Millis: millis('p99'),
  };
}
