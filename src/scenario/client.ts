import type { Failures } from './failures';

/** Who sends the traffic, and how it fared. */
export interface Client {
  /** What was seen since this was last called. */
  takeReading(): ClientReading;
}

/** What a client has seen in a stretch of time. */
export interface ClientReading {
  /** Users that are there now; undefined for an open load. */
  readonly users?: number;
  /** Requests that were sent in the stretch. */
  readonly requests: number;
  /** Requests that had to be sent in the stretch, where that is known: more than `requests` where the client cannot keep up. */
  readonly askedRequests?: number;
  /** How late the client itself was with 99 in 100 of its requests, where that is known. */
  readonly lateMillis?: number;
  /** Requests that were answered in it, whenever they were sent. */
  readonly servedRequests: number;
  readonly failures: Failures;
  /** Requests that wait for their answer now. */
  readonly inFlightRequests: number;
  /** Seconds that the stretch lasted for the client: of the wall clock in a rehearsal. */
  readonly seconds: number;
  /** Those of them in which requests failed or waited and none was answered. */
  readonly outageSeconds: number;
  /** The latencies of all answered requests, added up. */
  readonly latencySeconds: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  readonly p95LowMillis?: number;
  readonly p95HighMillis?: number;
}
