import type { LatencyPercentile, RangedPercentile } from '../../metrics/latency-percentiles';

/** How long requests take: the mean and the percentiles, in seconds. */
export type LatencySeconds = { readonly mean: number } & { readonly [Name in LatencyPercentile]: number };

/** The latency of the chosen model, and the range of the high percentiles over all models. */
export type LatencyBandSeconds = LatencySeconds & { readonly [Name in RangedPercentile as `${Name}Low` | `${Name}High`]: number };

/** One latency model of a task, such as `even-share`: how long a request takes at which rate. */
export interface LatencyModel {
  /** The requests per second that the task can serve. */
  readonly capacityPerSecond: number;
  /** The latency at a rate below the capacity. */
  latencyAt(requestsPerSecond: number): LatencySeconds;
}

/** The chosen latency model of a task and the range over all of them, from a table. */
export interface QueueingModel extends LatencyModel {
  /** A rate at or above the capacity counts as just below it. */
  latencyAt(requestsPerSecond: number): LatencyBandSeconds;
  /** The same in an object that the next call changes: a step of a forecast allocates nothing. */
  latencyOfStep(requestsPerSecond: number): LatencyBandSeconds;
  /** Only the mean. */
  meanAt(requestsPerSecond: number): number;
}
