import { refuse } from '../plan/invalid-input';
import { fitCpu } from '../scenario/fit-cpu';
import { LATENCY_FIGURES, type LatencyFigure, type MeasuredPoint, measuredSeconds, pointMistakes } from '../scenario/measured-point';
import { LATENCY_MODELS, MEASURED_SEARCH_WORKLOAD, type Workload } from '../scenario/workload';
import type { Latency, TaskServer } from './latency';
import { taskServerOf } from './task-server-of-workload';

/** A figure as it was measured, and as the fitted workload says it. */
export interface Fitted {
  readonly measured: number;
  readonly fitted: number;
}

/** How well the workload meets one of the points; what was not measured is undefined. */
export interface FittedPoint {
  readonly point: MeasuredPoint;
  readonly cpuPercent: Fitted;
  readonly meanMillis?: Fitted;
  readonly p50Millis?: Fitted;
  readonly p95Millis?: Fitted;
}

/** The workload that comes closest to what was measured. */
export interface WorkloadFit {
  readonly workload: Workload;
  readonly points: readonly FittedPoint[];
}

/**
 * Finds the workload that comes closest to measured points: CPU per request and fixed CPU by least squares, then the base
 * latency and the latency model whose figures are closest, in shares, to those that were measured.
 *
 * @param points at least two, at different rates per task.
 * @param vcpu of each task.
 * @param known what the points do not tell.
 * @throws InvalidInput with one sentence for each number that cannot have been measured.
 */
export function fitWorkload(points: readonly MeasuredPoint[], vcpu: number, known: Workload = MEASURED_SEARCH_WORKLOAD): WorkloadFit {
  refuse(pointMistakes(points));
  const { cpuSecondsPerRequest, fixedCores } = fitCpu(
    points.map(({ requestsPerSecond, tasks, cpuPercent, weight }) => ({
      requestsPerSecond: requestsPerSecond / tasks,
      cores: (vcpu * cpuPercent) / 100,
      weight,
    })),
  );
  refuse(fixedCores < vcpu ? [] : [`fixed CPU must be below the ${vcpu} vCPU of a task, got ${fixedCores} cores`]);
  return fitLatency(points, vcpu, { ...known, cpuSecondsPerRequest, fixedCores });
}

/**
 * Finds the latencies that come closest to measured points, where the CPU of a request is known.
 *
 * @param vcpu of each task.
 * @param known what the points do not tell, and the CPU.
 */
export function fitLatency(points: readonly MeasuredPoint[], vcpu: number, known: Workload): WorkloadFit {
  const workload = closestLatency(known, points, vcpu);
  return { workload, points: points.map((point) => fittedPoint(point, workload, vcpu)) };
}

function closestLatency(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): Workload {
  if (!points.some((point) => LATENCY_FIGURES.some((figure) => measuredSeconds(point, figure) !== undefined))) return workload;
  const candidates = LATENCY_MODELS.map((latencyModel) => withBaseLatency({ ...workload, latencyModel }, points, vcpu));
  const distances = candidates.map((candidate) => distance(candidate, points, vcpu));
  return candidates[distances[1]! < distances[0]! ? 1 : 0]!;
}

/** What the model leaves of the measured latencies: of the means where there are any, of the medians otherwise, or of the 95th percentiles. */
function withBaseLatency(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): Workload {
  const server = taskServerOf({ ...workload, baseLatencySeconds: 0 }, vcpu);
  const figure = LATENCY_FIGURES.find((name) => points.some((point) => measuredSeconds(point, name) !== undefined)) ?? 'mean';
  let sum = 0;
  let weights = 0;
  for (const { point, seconds } of measuredAt(points, figure)) {
    const weight = (point.weight ?? 1) * latencyWeight(point, server);
    sum += weight * (seconds - latencyAt(point, server)[figure]);
    weights += weight;
  }
  return { ...workload, baseLatencySeconds: Math.max(0, sum / weights) };
}

/** Close to capacity a latency tells of the queue, and little of the way there and back. */
function latencyWeight(point: MeasuredPoint, server: TaskServer): number {
  return Math.max(0.01, 1 - point.requestsPerSecond / point.tasks / server.capacityPerSecond);
}

function measuredAt(points: readonly MeasuredPoint[], figure: LatencyFigure): { point: MeasuredPoint; seconds: number }[] {
  return points.flatMap((point) => {
    const seconds = measuredSeconds(point, figure);
    return seconds === undefined ? [] : [{ point, seconds }];
  });
}

/** The squares of the shares by which latencies are off, added up. */
function distance(workload: Workload, points: readonly MeasuredPoint[], vcpu: number): number {
  const server = taskServerOf(workload, vcpu);
  let sum = 0;
  for (const figure of LATENCY_FIGURES)
    for (const { point, seconds } of measuredAt(points, figure))
      sum += (point.weight ?? 1) * Math.log(latencyAt(point, server)[figure] / seconds) ** 2;
  return sum;
}

function latencyAt(point: MeasuredPoint, server: TaskServer): Latency {
  return server.latencyAt(point.requestsPerSecond / point.tasks);
}

function fittedPoint(point: MeasuredPoint, workload: Workload, vcpu: number): FittedPoint {
  const latency = latencyAt(point, taskServerOf(workload, vcpu));
  const cores = workload.fixedCores + (workload.cpuSecondsPerRequest * point.requestsPerSecond) / point.tasks;
  const millis = (figure: LatencyFigure): Fitted | undefined => {
    const seconds = measuredSeconds(point, figure);
    return seconds === undefined ? undefined : { measured: 1000 * seconds, fitted: 1000 * latency[figure] };
  };
  return {
    point,
    cpuPercent: { measured: point.cpuPercent, fitted: (100 * cores) / vcpu },
    meanMillis: millis('mean'),
    p50Millis: millis('p50'),
    p95Millis: millis('p95'),
  };
}
