import { Duration } from 'aws-cdk-lib';
import type { FittedPoint } from '../simulation/fit-workload';
import type { MeasuredPoint } from '../workload/fit-cpu';
import type { CompleteWorkload } from '../workload/workload-fields';
import { DURATION, NUMBER, type OptionTypes, optional } from './argument-types';
import { LatencyModel, workloadFromOptions } from './workload-options';

/**
 * The numbers of a workload that measured loads do not contain.
 */
export interface WorkloadFitOptions {
  /**
   * The CPU of each task that was measured, in CPU units: 1,024 are one vCPU.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * From the start of the container until it listens.
   *
   * @default Duration.seconds(1)
   */
  readonly startUpTime?: Duration;

  /**
   * From SIGTERM until the container exits. Until then it responds.
   *
   * @default Duration.seconds(5)
   */
  readonly stopTime?: Duration;
}

/**
 * One load of a service: measured, as a load test and CloudWatch report it, or computed from a fitted workload.
 */
export interface ServiceLoad {
  /**
   * Requests per second of the whole service.
   */
  readonly requestsPerSecond: number;

  /**
   * `CPUUtilization` of the service, in percent: from 0 to 100.
   */
  readonly cpuPercent: number;

  /**
   * The tasks that served the requests.
   *
   * @default 1
   */
  readonly tasks?: number;

  /**
   * The mean latency at the client, in milliseconds.
   *
   * @default - not measured
   */
  readonly meanMillis?: number;

  /**
   * The median latency at the client, in milliseconds.
   *
   * @default - not measured
   */
  readonly p50Millis?: number;

  /**
   * The 95th percentile of latency at the client, in milliseconds.
   *
   * @default - not measured
   */
  readonly p95Millis?: number;

  /**
   * The 99th percentile of latency at the client, in milliseconds. Few requests decide it, so a fit uses it only if no other latency is given.
   *
   * @default - not measured
   */
  readonly p99Millis?: number;

  /**
   * The weight of the point in the fit, above 0: less than 1 if something else ran at the same time.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** The types of the options of a fit. */
export const WORKLOAD_FIT_OPTIONS: OptionTypes<WorkloadFitOptions> = {
  cpu: optional(NUMBER),
  startUpTime: optional(DURATION),
  stopTime: optional(DURATION),
};

/** The types of a load. */
export const SERVICE_LOAD_FIELD_TYPES: OptionTypes<ServiceLoad> = {
  requestsPerSecond: NUMBER,
  cpuPercent: NUMBER,
  tasks: optional(NUMBER),
  meanMillis: optional(NUMBER),
  p50Millis: optional(NUMBER),
  p95Millis: optional(NUMBER),
  p99Millis: optional(NUMBER),
  weight: optional(NUMBER),
};

/** A load in the type of a fit, with its defaults. */
export function measuredPointOf(load: ServiceLoad): MeasuredPoint {
  return { ...load, tasks: load.tasks ?? 1 };
}

/** The workload before a fit, which replaces CPU, base latency and latency model. */
export function workloadBeforeFit({ startUpTime, stopTime }: WorkloadFitOptions): CompleteWorkload {
  const fitted = { cpuPerRequest: Duration.millis(0), idleVcpu: 0, baseLatency: Duration.millis(0), latencyModel: LatencyModel.EVEN_SHARE };
  return workloadFromOptions({ ...fitted, startUpTime, stopTime });
}

/** The load of a point with the figures of the fitted workload. */
export function serviceLoadOf({ point, cpuPercent, meanMillis, p50Millis, p95Millis, p99Millis }: FittedPoint): ServiceLoad {
  return {
    ...point,
    cpuPercent: cpuPercent.fitted,
    meanMillis: meanMillis?.fitted,
    p50Millis: p50Millis?.fitted,
    p95Millis: p95Millis?.fitted,
    p99Millis: p99Millis?.fitted,
  };
}
