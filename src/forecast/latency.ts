/** How long requests take, in seconds. */
export interface Latency {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/** A latency by the model that was asked for, and where the 95th percentile lies between the models. */
export interface LatencyBand extends Latency {
  readonly p95Low: number;
  readonly p95High: number;
}

/** One way to see a task as a server of requests. */
export interface LatencyModel {
  /** The most requests that the task can answer in a second. */
  readonly capacityPerSecond: number;
  /** How long requests take while so many of them come in a second, which is less than it can answer. */
  latencyAt(requestsPerSecond: number): Latency;
}

/** One task as a server of requests, as the models together see it. */
export interface TaskServer extends LatencyModel {
  /** Quick enough to be asked once a simulated second; a rate at capacity or above it is taken as just below. */
  latencyAt(requestsPerSecond: number): LatencyBand;
  /** The mean alone. */
  meanAt(requestsPerSecond: number): number;
}
