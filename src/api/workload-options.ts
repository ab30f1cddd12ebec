import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { type CompleteWorkload, completeWorkload, WORKLOAD_FIELD_NAMES, WORKLOAD_FIELDS } from '../workload/workload-fields';
import type { Workload } from '../workload/workload-parameters';
import { checkTypes, DURATION, inSeconds, NUMBER, type OptionTypes, oneOf, optional, SIZE } from './argument-types';

/**
 * What a request costs the task that serves it. What is left out is zero or the default of a small service, and a report lists it.
 */
export interface WorkloadOptions {
  /**
   * The CPU time of one request on one vCPU, such as `Duration.millis(0.12)`; above 0.
   *
   * Divide the CPU time of a busy task by its requests, or fit several loads with `Workload.fit`.
   */
  readonly cpuPerRequest: Duration;

  /**
   * The CPU time that it takes on top to wake a waiting program up for a request, which matters if a request needs less than about a
   * millisecond. With c for `cpuPerRequest` and w for this, a request costs c + w × (1 − u) where the requests use the share u of the CPU.
   * The command `measure` finds both.
   *
   * @default Duration.millis(0)
   */
  readonly cpuPerWakeUp?: Duration;

  /**
   * The CPU that a task uses without requests, in vCPU: from 0 to below the vCPU of the task.
   *
   * @default 0
   */
  readonly idleVcpu?: number;

  /**
   * The part of a request's latency that does not depend on CPU: the network round trip, and the dependencies that a task waits for.
   *
   * @default Duration.millis(0)
   */
  readonly baseLatency?: Duration;

  /**
   * From the start of the container until it listens.
   *
   * @default Duration.seconds(1)
   */
  readonly startUpTime?: Duration;

  /**
   * From SIGTERM until the container exits. Until then it responds. A container that exits before the load balancer stops sending
   * requests, which takes up to 5 seconds, fails those requests.
   *
   * @default Duration.seconds(5)
   */
  readonly stopTime?: Duration;

  /**
   * The memory that a task uses without requests.
   *
   * @default Size.mebibytes(46)
   */
  readonly idleMemory?: Size;

  /**
   * The memory of each request while its task works on it.
   *
   * @default Size.mebibytes(0)
   */
  readonly memoryPerConcurrentRequest?: Size;

  /**
   * The size of a response as it leaves the load balancer, which bills for it.
   *
   * @default Size.bytes(1000)
   */
  readonly responseSize?: Size;

  /**
   * Connections that clients open for each request: 1 without keep-alive.
   *
   * @default 0.01
   */
  readonly newConnectionsPerRequest?: number;

  /**
   * How a CPU quota slows a request.
   *
   * @default LatencyModel.EVEN_SHARE
   */
  readonly latencyModel?: LatencyModel;
}

const BYTES_PER_MEBIBYTE = 2 ** 20;

/** The workload of the options, and which of its numbers are defaults. */
export function workloadFromOptions(options: WorkloadOptions): CompleteWorkload {
  checkTypes('workload options', options, WORKLOAD_OPTIONS);
  return completeWorkload(
    Object.fromEntries(WORKLOAD_FIELD_NAMES.map((name) => [name, plainValue(name, options[WORKLOAD_FIELDS[name].prop])])),
  );
}

/** A value of the options as a workload has it: a number in the unit of its field. */
function plainValue(name: keyof Workload, value: WorkloadOptions[keyof WorkloadOptions]): number | string | undefined {
  if (value === undefined || typeof value !== 'object') return value;
  if ('toMilliseconds' in value) return inSeconds(value);
  const bytes = value.toBytes({ rounding: SizeRoundingBehavior.NONE });
  return WORKLOAD_FIELDS[name].valueKind === 'MiB' ? bytes / BYTES_PER_MEBIBYTE : bytes;
}

/**
 * How a CPU quota slows a request. Real tasks lie between the two models.
 */
export enum LatencyModel {
  /**
   * Every request runs at the task's share of a core, all the time: the slower model.
   */
  EVEN_SHARE = 'even-share',

  /**
   * Requests run at full speed, and the task stops when the quota of a window of 100 ms is used up.
   */
  QUOTA_WINDOWS = 'quota-windows',
}

const WORKLOAD_OPTIONS: OptionTypes<WorkloadOptions> = {
  cpuPerRequest: DURATION,
  cpuPerWakeUp: optional(DURATION),
  idleVcpu: optional(NUMBER),
  baseLatency: optional(DURATION),
  startUpTime: optional(DURATION),
  stopTime: optional(DURATION),
  idleMemory: optional(SIZE),
  memoryPerConcurrentRequest: optional(SIZE),
  responseSize: optional(SIZE),
  newConnectionsPerRequest: optional(NUMBER),
  latencyModel: optional(oneOf(Object.values(LatencyModel))),
};
