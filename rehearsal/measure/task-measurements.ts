import type { HighestRate } from './find-limit';
import type { LoadMeasurement } from './load-meter';
import type { MachineUse } from './machine-use';
import type { UnusualResponse } from './probe-paths';
import type { WarmUp, WarmUpLimits } from './warm-up';

/** A load at which tasks are measured. */
export interface LoadLevel {
  /** The rate, as a share of the maximum throughput of the tasks. */
  readonly shareOfMaxThroughput: number;
  /** The minimum duration on the wall clock. With few responses it takes longer. */
  readonly minSeconds: number;
}

/** What is measured, and for how long, on the wall clock. */
export interface MeasurementSchedule {
  /** From the lowest to the highest. */
  readonly levels: readonly LoadLevel[];
  readonly warmUp: WarmUpLimits;
  /** After this time no more users are tried. */
  readonly searchSeconds: number;
  /** How long tasks are measured without requests. */
  readonly idleSeconds: number;
  /** The minimum duration of the measurement of the limit. */
  readonly limitSeconds: number;
  /** How long to wait for responses at each load. */
  readonly maxSecondsPerLoad: number;
}

/** The highest rate of tasks, and what was in use then. */
export interface MeasuredLimit extends HighestRate {
  readonly machine: MachineUse;
}

/** The measurements of tasks. */
export interface TaskMeasurements {
  /** The paths whose responses are redirects or errors of the client: these were measured all the same. */
  readonly unusualResponses: readonly UnusualResponse[];
  readonly warmUp: WarmUp;
  /** The vCPU of a task without requests. */
  readonly idleVcpu: number;
  /** At each load, from the lowest rate to the highest. */
  readonly points: readonly LoadMeasurement[];
  /** With users who never pause, measured last, when the tasks are warm. */
  readonly limit: MeasuredLimit;
  /** The latency of a single user. */
  readonly singleUserLatencySeconds: number;
  /** Whether requests are so slow, even with a single user, that measurements have to wait for the responses. */
  readonly isSlow: boolean;
}
