import type { Arrival } from '../../../src/scenario/traffic';

/** What a traffic client is started with. */
export interface TrafficSetup {
  readonly url: string;
  readonly paths: readonly string[];
  /** How long an answer is waited for, and an idle connection kept. */
  readonly idleTimeoutSeconds?: number;
  /** The memory of its traffic record. */
  readonly memory: SharedArrayBuffer;
}

/** What a traffic client is told. */
export type TrafficOrder =
  | { readonly kind: 'set'; readonly arrival: Arrival; readonly limitRequestsPerSecond?: number }
  | { readonly kind: 'stop' };

/** What a traffic client tells. */
export type TrafficNews =
  | { readonly kind: 'failure'; readonly failure: string }
  | { readonly kind: 'stopped'; readonly unansweredRequests: number };
