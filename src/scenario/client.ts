/** Who sends the traffic, and how it fared. */
export interface Client {
  /** What was seen since this was last called. */
  takeReading(): ClientReading;
}

/** What a client has seen in a stretch of time. */
export interface ClientReading {
  /** Users that are there now; undefined for an open load. */
  readonly users?: number;
  readonly requests: number;
  readonly failedRequests: number;
  /** Seconds that the stretch lasted for the client: of the wall clock in a rehearsal. */
  readonly seconds: number;
  /** The latencies of all answered requests, added up. */
  readonly latencySeconds: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
}
