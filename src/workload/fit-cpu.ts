import { slopeThroughOrigin, straightLine } from '../math/least-squares';
import { type ClientLatencies, LATENCY_PERCENTILES } from '../metrics/latency-percentiles';
import { throwIfAny } from '../parse/input-error';

/** One measured load of a task. */
export interface LoadPoint {
  readonly requestsPerSecond: number;
  /** The vCPU that the task used. */
  readonly usedVcpu: number;
  /**
   * Its weight in the fit, above 0.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** The CPU of a task as a straight line over its requests per second. */
export interface CpuFit {
  readonly cpuSecondsPerRequest: number;
  readonly idleVcpu: number;
  /** The largest distance of a point from the line, in vCPU. */
  readonly maxResidualVcpu: number;
}

/**
 * Fits the CPU of a task over its rate by least squares: the utilization law, U = idle + D X
 * (Denning and Buzen, The operational analysis of queueing network models, 1978).
 *
 * @param points at least two, at different rates.
 * @throws InputError if the rates are all the same, or CPU does not grow with them.
 */
export function fitCpu(points: readonly LoadPoint[]): CpuFit {
  const rate = points[0]!.requestsPerSecond;
  throwIfAny(
    points.some(({ requestsPerSecond }) => requestsPerSecond !== rate)
      ? []
      : [`a task must be measured at different rates to find what a request costs, got ${rate} requests per second only`],
  );
  const { cpuSecondsPerRequest, idleVcpu } = cpuLine(points);
  throwIfAny(
    cpuSecondsPerRequest > 0 ? [] : ['the CPU of a task must grow with its requests to find what one costs, got less CPU at higher rates'],
  );
  const residual = (point: LoadPoint): number => Math.abs(point.usedVcpu - idleVcpu - cpuSecondsPerRequest * point.requestsPerSecond);
  return { cpuSecondsPerRequest, idleVcpu, maxResidualVcpu: Math.max(...points.map(residual)) };
}

/** Idle vCPU cannot be negative: with noise that would make it so, the line goes through the origin. */
function cpuLine(points: readonly LoadPoint[]): Pick<CpuFit, 'cpuSecondsPerRequest' | 'idleVcpu'> {
  const linePoints = points.map(({ requestsPerSecond, usedVcpu, weight }) => ({ x: requestsPerSecond, y: usedVcpu, weight }));
  const { slope, intercept } = straightLine(linePoints);
  return intercept >= 0
    ? { cpuSecondsPerRequest: slope, idleVcpu: intercept }
    : { cpuSecondsPerRequest: slopeThroughOrigin(linePoints), idleVcpu: 0 };
}

/** One load of a service, as a load test and CloudWatch report it. Only full minutes are usable. */
export interface MeasuredPoint extends ClientLatencies {
  /** Requests per second of the whole service. */
  readonly requestsPerSecond: number;
  /** The tasks that served them. */
  readonly tasks: number;
  /** `CPUUtilization` of the service. */
  readonly cpuPercent: number;
  /** The mean of the latencies at the client. */
  readonly meanMillis?: number;
  /**
   * Its weight in the fit: less than 1 if something else ran at the same time.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** The statistics of the latencies of a point. */
export const LATENCY_STATISTICS = ['mean', ...LATENCY_PERCENTILES.map(({ name }) => name)] as const;

/** A statistic of latencies. */
export type LatencyStatistic = (typeof LATENCY_STATISTICS)[number];

/** A measured latency in seconds. */
export function measuredSeconds(point: MeasuredPoint, statistic: LatencyStatistic): number | undefined {
  const millis = point[`${statistic}Millis`];
  return millis === undefined ? undefined : millis / 1000;
}

/** Returns an error for each number of the points that is out of range. */
export function pointErrors(points: readonly MeasuredPoint[]): string[] {
  const countErrors = points.length >= 2 ? [] : [`a workload must be fitted to at least 2 points, got ${points.length}`];
  return [...countErrors, ...points.flatMap((point, index) => errorsOfPoint(point).map((error) => `point ${index + 1}: ${error}`))];
}

function errorsOfPoint(point: MeasuredPoint): string[] {
  const latencies = LATENCY_STATISTICS.flatMap((statistic) => {
    const seconds = measuredSeconds(point, statistic);
    return seconds === undefined || isAbove(seconds, 0) ? [] : [`${statistic} latency must be above 0, got ${seconds * 1000} ms`];
  });
  return [
    ...(point.requestsPerSecond >= 0 && Number.isFinite(point.requestsPerSecond)
      ? []
      : [`requests per second must be at least 0, got ${point.requestsPerSecond}`]),
    ...(Number.isInteger(point.tasks) && point.tasks >= 1 ? [] : [`tasks must be a whole number of at least 1, got ${point.tasks}`]),
    ...(point.cpuPercent >= 0 && point.cpuPercent <= 100 ? [] : [`CPU must be from 0 to 100 %, got ${point.cpuPercent}`]),
    ...(point.weight === undefined || isAbove(point.weight, 0) ? [] : [`weight must be above 0, got ${point.weight}`]),
    ...latencies,
  ];
}

function isAbove(value: number, min: number): boolean {
  return value > min && Number.isFinite(value);
}
