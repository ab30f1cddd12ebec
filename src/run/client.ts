import type { ClientLatencies, LatencyRanges } from '../metrics/latency-percentiles';
import type { Failures } from './failures';

/** The client that sends the traffic and measures the responses. */
export interface Client {
  /** Returns what was measured since the last call. */
  takeMeasurements(): ClientMeasurements;
}

/** What a client measured in a period, with percentiles of the latencies of all served requests. */
export interface ClientMeasurements extends ClientLatencies, LatencyRanges {
  /** The current number of users; undefined for an open load. */
  readonly users?: number;
  /** Requests sent in the period. */
  readonly requests: number;
  /** Requests that the traffic required in the period, if known: more than `requests` if the client cannot keep up. */
  readonly requiredRequests?: number;
  /** How long the client itself delayed sending a request: the 99th percentile, if known. */
  readonly p99SendDelayMillis?: number;
  /** Requests with a successful response in the period, whenever they were sent. */
  readonly servedRequests: number;
  readonly failures: Failures;
  /** Requests that wait for a response now. */
  readonly inFlightRequests: number;
  /** The length of the period on the client's clock: the wall clock in a rehearsal. */
  readonly seconds: number;
  /** Seconds of the period in which requests failed or waited and none succeeded. */
  readonly outageSeconds: number;
  /** The sum of the latencies of all served requests. */
  readonly latencySeconds: number;
}
