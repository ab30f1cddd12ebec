/** How long requests take, in seconds. */
export interface Latency {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/** One task as a server of requests. */
export interface TaskServer {
  /** The most requests that it can answer in a second. */
  readonly capacityPerSecond: number;
  /** How long requests take while so many of them come in a second, which is less than it can answer. */
  latencyAt(requestsPerSecond: number): Latency;
}
